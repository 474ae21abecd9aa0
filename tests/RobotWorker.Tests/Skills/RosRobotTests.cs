using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills;
using RobotWorker.Skills.Profile;
using RobotWorker.Tests.Ros;
using RobotWorker.World;
using Pose = RobotWorker.Motion.Pose;

namespace RobotWorker.Tests.Skills;

/// <summary>The robot as the executor sees it, before a robot that only talks.</summary>
public sealed class RosRobotTests
{
    private static readonly Pose OnTheStool = Workshop.At(0.5, 0, 0.29);

    [Test]
    public void Attempt_Done_IsASuccess() => Run(async bench =>
    {
        bench.Wheels.Seconds = 3;

        Assert.That(await bench.Drive(), Is.EqualTo(AttemptReport.Success));
        Assert.That(bench.Wheels.Ids, Is.EqualTo([GoalIds.Derive(bench.Episode, "root/go", 1, 0)]));
    });

    [Test]
    public void Attempt_PastItsDeadline_IsReportedAfterItsGoalsEnded() => Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (60, 2);
        var report = await bench.Drive(deadline: 5);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "DEADLINE")));
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(7).Within(0.05));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void Attempt_Cancelled_IsReportedAfterItsGoalsEnded() => Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (60, 2);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        var report = await bench.Drive(cancel: cancel.Token);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "CANCELED")));
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(3).Within(0.05));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void Attempt_CancelledAndTheGoalGoesOn_IsUnknown() => Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (120, 120);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);

        Assert.That((await bench.Drive(cancel: cancel.Token)).Reported, Is.EqualTo(Outcome.Unknown));
    });

    [Test]
    public void StandStill_AfterAGoalWhoseEndNobodyHeard_EndsItFirst() => Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (120, 7);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        Assert.That((await bench.Drive(cancel: cancel.Token)).Reported, Is.EqualTo(Outcome.Unknown));
        Assert.That(bench.Wheels.Running, Is.EqualTo(1));

        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(1), TimeSpan.Zero, default), Is.False, "it runs: that the wheels stand for a moment proves nothing");
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(3), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void StandStill_AfterAGoalOfSomebodyElses_LeavesItAlone() => Run(async bench =>
    {
        bench.Wheels.Seconds = 60;
        bench.Puppet.Ros.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), new());
        await bench.World.Seconds(1);

        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(3), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Wheels.Running, Is.EqualTo(1));
    });

    [Test]
    public void ProtectiveStop_CancelsEveryGoalOfAnybody() => Run(async bench =>
    {
        bench.OfferStop();
        bench.Wheels.Seconds = 60;
        bench.Puppet.Ros.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), new());
        await bench.World.Seconds(1);

        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default);

        Assert.That(bench.Calls, Is.EqualTo(["stop"]));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [TestCase(false, Outcome.Succeeded, null)]
    [TestCase(true, Outcome.Failed, "NAVIGATION_FAILED")]
    public void Attempt_OnARobotOfRos1_DrivesByMoveBase(bool aborts, Outcome reported, string? code) => OnLoop.Run(async world =>
    {
        var bench = new Bench(world, RosDialect.Ros1);
        using var robot = bench.Robot;
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null);
        var base1 = new ScriptedServer<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback>(world, _ => new()) { Seconds = 2, Aborts = aborts };
        bench.Puppet.Ros.AdvertiseAction("/move_base", base1);

        var report = await bench.Drive();

        Assert.That((report.Reported, report.Code), Is.EqualTo((reported, code)));
        Assert.That(base1.Ids, Has.Count.EqualTo(1));
        Assert.That(bench.Wheels.Ids, Is.Empty);
    });

    [Test]
    public void Attempt_NavigationGivesUp_TellsItsReason() => Run(async bench =>
    {
        bench.Wheels.Aborts = true;
        var report = await bench.Drive();

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NAVIGATION_FAILED")));
        Assert.That(report.Reason, Does.Contain("a chair stands there"));
    });

    [Test]
    public void Attempt_OfAnUnknownSkill_IsAFailure() => Run(async bench =>
    {
        var report = await bench.Robot.AttemptAsync(bench.Attempt("juggle", "root/go", 10), default);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SUCH_SKILL")));
    });

    [Test]
    public void Attempt_PlaceThatIsNotThere_IsAFailure() => Run(async bench =>
    {
        var report = await bench.Drive(place: "garden");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SUCH_PLACE")));
        Assert.That(bench.Wheels.Ids, Is.Empty);
    });

    [TestCase(0.05, 40, TestName = "Gripper_ThatHolds_IsNotMoved")]
    [TestCase(0.05, 8, TestName = "Gripper_ThatMayHold_IsNotMoved")]
    public void Gripper(double width, double force) => Run(async bench =>
    {
        bench.Puppet.Gripper = (width, force);
        await bench.World.Seconds(0.1);
        foreach (var (skill, arguments) in new[] { ("gripper", "width=0.085 max_effort=40"), ("pick", "object=cup_red") })
        {
            var report = await bench.Do(skill, arguments);
            Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "HAND_FULL")), skill);
        }
        Assert.That(bench.Fingers.Ids, Is.Empty);
    });

    [Test]
    public void Pick_TheHandIsNoLongerEmptyWhenItHasLooked_IsNotOpened() => Run(async bench =>
    {
        bench.Puppet.Objects["cup/red"] = OnTheStool;
        bench.Puppet.LookAt(OnTheStool.Position);
        await bench.World.Seconds(1);
        bench.Puppet.Objects.Clear();
        var picked = bench.Do("pick", "object=cup_red");
        await bench.World.Seconds(1);
        bench.Puppet.Gripper = (0.05, 8);
        bench.Puppet.Objects["cup/red"] = OnTheStool;

        Assert.That((await picked).Code, Is.EqualTo("HAND_FULL"));
        Assert.That(bench.Fingers.Ids, Is.Empty);
    });

    [Test]
    public void Place_TheGripperDoesNotOpen_WhatItHoldsIsNotForgotten() => Run(async bench =>
    {
        bench.Puppet.Gripper = (0.05, 40);
        bench.FingersOpenTo = 0.052;
        await bench.World.Seconds(0.1);
        var report = await bench.Do("place", "object=cup_red target=stool");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NOT_OPENED")), report.Reason);
        Assert.That(bench.Fingers.Ids, Has.Count.EqualTo(1));
        var arm = bench.Arm.Ids.Count;
        await bench.World.Seconds(5);
        Assert.That(bench.Arm.Ids, Has.Count.EqualTo(arm), "an arm that still holds does not go away with it");
    });

    [Test]
    public void CallAction_ByNameAlone_SendsTheGoalToWhatTheGraphOffers() => Run(async bench =>
    {
        var report = await bench.Do("call_action", """action=/head_controller/point_head_action type= goal={"pointing_frame":"eye","max_velocity":1}""");

        Assert.That(report, Is.EqualTo(AttemptReport.Success), report.Reason);
        Assert.That(bench.Head.Ids, Is.EqualTo([GoalIds.Derive(bench.Episode, "root/do", 1, 0)]));
    });

    [TestCase("""action=/head_controller/point_head_action type= goal={"speed":1}""", "GOAL_DOES_NOT_FIT", "speed")]
    [TestCase("action=/juggle type= goal={}", "NO_SUCH_ACTION", "within the process")]
    [TestCase("action=/juggle type=nav2_msgs/Spin goal={}", "NO_SERVER", "/juggle")]
    [TestCase("action=juggle type= goal={}", "NO_SUCH_ACTION", "juggle")]
    public void CallAction_ThatCannotBeSent_SaysWhy(string arguments, string code, string why) => Run(async bench =>
    {
        var report = await bench.Do("call_action", arguments);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, code)));
        Assert.That(report.Reason, Does.Contain(why));
        Assert.That(bench.Head.Ids, Is.Empty);
    });

    [Test]
    public void CallAction_GivesUp_TellsTheResult() => Run(async bench =>
    {
        bench.Wheels.Aborts = true;
        var report = await bench.Do("call_action", "action=/navigate_to_pose type=nav2_msgs/NavigateToPose goal={}");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "ACTION_ABORTED")));
        Assert.That(report.Reason, Does.Contain("a chair stands there"));
    });

    // Not one of the profile's actions: only who called it knows that it is there.
    [Test]
    public void ProtectiveStop_CancelsWhatAPlanCalledToo() => Run(async bench =>
    {
        bench.OfferStop();
        var lift = new ScriptedServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback>(bench.World, _ => new()) { Seconds = 60 };
        bench.Puppet.Ros.AdvertiseAction("/lift", lift);
        var call = bench.Do("call_action", "action=/lift type= goal={}");
        await bench.World.Seconds(1);
        Assert.That(lift.Running, Is.EqualTo(1));

        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default);

        Assert.That(lift.Running, Is.Zero);
        Assert.That((await call).Code, Is.EqualTo("PREEMPTED"));
    });

    [TestCase(0, true, false)]
    [TestCase(1, false, false)]
    [TestCase(1, true, true)]
    public void Observe_FromElsewhere_MovesTheArmOnlyWhereItMay(int viewpoint, bool mayMoveArm, bool moves) => Run(async bench =>
    {
        await bench.Robot.ObserveAsync(new([Atom.Of("located", "cup_red")], bench.Robot.Now, viewpoint, TimeSpan.FromSeconds(20), mayMoveArm), default);

        Assert.That(bench.Arm.Ids, moves ? Is.Not.Empty : Is.Empty);
    });

    [Test]
    public void SkillNames_AreThoseOfTheCatalogue() => Run(bench =>
    {
        Assert.That(bench.Robot.SkillNames, Is.EquivalentTo(Workshop.Catalogue.Skills.Keys), "the catalogue names no skill that is not there, and none is hidden");
        return Task.CompletedTask;
    });

    [Test]
    public void Connect_NoDescription_SaysWhatIsMissing() => OnLoop.Run(async world =>
    {
        _ = new Puppet(world);
        using var robot = Bench.Connected(world, new());

        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Does.Contain("/robot_description"));
        var report = await robot.AttemptAsync(Bench.AttemptOf("e", "navigate_to", "root", 10, "table_side"), default);
        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NOT_CONNECTED")));
    });

    [Test]
    public void Connect_DescriptionIsNoUrdf_SaysWhere() => OnLoop.Run(async world =>
    {
        var puppet = new Puppet(world);
        puppet.Ros.Advertise<RobotWorker.Ros.Messages.StdMsgs.String>("/robot_description", Qos.Latched).Publish(new() { Data = "<robot name='r'>" });
        using var robot = Bench.Connected(world, new());

        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Does.StartWith("RW0251 /robot_description:1:"));
    });

    [Test]
    public void StandStill_ItStandsStill_IsTrueAfterTheDwell() => Run(async bench =>
    {
        await bench.World.Seconds(1);
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Since.TotalSeconds - 1, Is.EqualTo(0.3).Within(0.06), "having stood still before is not enough: zero was only now commanded");
        Assert.That(bench.Commanded, Is.Not.Empty.And.All.EqualTo(new Twist()));
    });

    [Test]
    public void StandStill_ItKeepsMoving_IsFalseAtTheDeadline() => Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.Zero, default), Is.False);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(2).Within(0.01));
        Assert.That(bench.Commanded, Has.Count.GreaterThan(30), "zero is commanded all the while");
    });

    [TestCase(1.8, true)]    // heard again before the patience is over: the silence did not count
    [TestCase(9, false)]
    public void StandStill_NothingIsHeardForAWhile_ThatTimeDoesNotCount(double seconds, bool still) => Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        var standing = bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5), default);
        await bench.World.Seconds(0.8);
        bench.Puppet.IsSilent = true;
        await bench.World.Seconds(seconds);
        (bench.Puppet.IsSilent, bench.Puppet.Speed) = (false, 0);

        Assert.That(await standing, Is.EqualTo(still));
        if (still) Assert.That(bench.Since.TotalSeconds, Is.EqualTo(0.8 + seconds + 0.3).Within(0.15));
        else Assert.That(bench.Since.TotalSeconds, Is.LessThanOrEqualTo(0.8 + seconds + 0.01), "it did not wait for ever");
    });

    [Test]
    public void StandStill_ItStopsAfterAWhile_IsTrueThen() => Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        var still = bench.Robot.StandStillAsync(TimeSpan.FromSeconds(5), TimeSpan.Zero, default);
        await bench.World.Seconds(1);
        bench.Puppet.Speed = 0;

        Assert.That(await still, Is.True);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(1.3).Within(0.1));
    });

    [Test]
    public void ProtectiveStop_IsCalledAndReleasedBeforeTheNextAttemptOnly() => Run(async bench =>
    {
        bench.OfferStop();
        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default);
        Assert.That(bench.Calls, Is.EqualTo(["stop"]));

        await bench.Drive(number: 1);
        await bench.Drive(number: 2);
        Assert.That(bench.Calls, Is.EqualTo(["stop", "release"]));
    });

    [Test]
    public void ProtectiveStop_Refused_IsNotTakenForAStop() => Run(async bench =>
    {
        bench.OfferStop(succeeds: false);

        await Assert.ThatAsync(() => bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default), Throws.InvalidOperationException.With.Message.Contains("/protective_stop"));
    });

    [Test]
    public void ProtectiveStop_NobodyReleasesIt_TheAttemptFailsAndNothingMoves() => Run(async bench =>
    {
        var offered = bench.OfferStop();
        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default);
        offered.ForEach(o => o.Dispose());
        var report = await bench.Drive();

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "STOP_HOLDS")));
        Assert.That(bench.Wheels.Ids, Is.Empty);
    });

    private static void Run(Func<Bench, Task> story) => OnLoop.Run(async world =>
    {
        var bench = new Bench(world);
        using var robot = bench.Robot;
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null);
        await world.Seconds(0.5);
        bench.Commanded.Clear();
        bench.Begin();
        await story(bench);
    });

    private sealed class Bench
    {
        // The test's arm stands on the floor: what it works on is low.
        private static readonly SiteMap Site = Workshop.Site with { Surfaces = [new("stool", Workshop.At(0.5, 0, 0.25), 0.3, 0.3)] };

        private TimeSpan began;

        public Bench(OnLoop world, RosDialect dialect = RosDialect.Ros2)
        {
            World = world;
            Puppet = new(world);
            Puppet.Ros.Advertise<RobotWorker.Ros.Messages.StdMsgs.String>("/robot_description", Qos.Latched).Publish(new() { Data = Motion.Arm.Urdf });
            Puppet.Ros.Subscribe<Twist>("/cmd_vel", Commanded.Add);
            Wheels = new(world, _ => new() { ErrorCode = 9000, ErrorMsg = "a chair stands there" });
            Puppet.Ros.AdvertiseAction("/navigate_to_pose", Wheels);
            Fingers = new(world, _ => new() { Position = FingersOpenTo });
            Puppet.Ros.AdvertiseAction("/gripper_controller/gripper_cmd", Fingers);
            Arm = new(world, _ => new());
            Puppet.Ros.AdvertiseAction("/arm_controller/follow_joint_trajectory", Arm);
            Head = new(world, _ => new());
            Puppet.Ros.AdvertiseAction("/head_controller/point_head_action", Head);
            Robot = Connected(world, Inbox, dialect);
        }

        public OnLoop World { get; }

        public Puppet Puppet { get; }

        public Inbox Inbox { get; } = new();

        public List<Twist> Commanded { get; } = [];

        public List<string> Calls { get; } = [];

        public ScriptedServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback> Wheels { get; }

        public ScriptedServer<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback> Fingers { get; }

        public ScriptedServer<FollowJointTrajectory.Goal, FollowJointTrajectory.Result, FollowJointTrajectory.Feedback> Arm { get; }

        public ScriptedServer<PointHead.Goal, PointHead.Result, PointHead.Feedback> Head { get; }

        /// <summary>Metres.</summary>
        public double FingersOpenTo { get; set; } = 0.085;

        public RosRobot Robot { get; }

        public string Episode { get; } = RobotWorker.Episodes.Episode.Of("test", 0, 1).Id;

        /// <summary>Since the story began.</summary>
        public TimeSpan Since => World.Loop.Elapsed - began;

        public void Begin() => began = World.Loop.Elapsed;

        public static RosRobot Connected(OnLoop world, Inbox inbox, RosDialect dialect = RosDialect.Ros2) => new(
            world.Graph.Connect("worker"), Workshop.Profile.On(dialect), Site, Workshop.Catalogue, RobotWorker.Episodes.Episode.Of("test", 0, 1).Id,
            RandomStream.For(1, "test", "arm"), inbox, _ => { });

        public static Attempt AttemptOf(string episode, string skill, string path, double deadline, string place, int number = 1) => new(
            episode, path, number, 0, null, skill, ImmutableSortedDictionary<string, string>.Empty.Add("place", place), TimeSpan.FromSeconds(deadline),
            WorldModel.Empty(Workshop.Predicates));

        public Attempt Attempt(string skill, string path, double deadline) => AttemptOf(Episode, skill, path, deadline, "table_side");

        /// <param name="arguments">As in <c>object=cup_red target=stool</c>.</param>
        public Task<AttemptReport> Do(string skill, string arguments) => Robot.AttemptAsync(
            Attempt(skill, "root/do", 60) with
            {
                Arguments = arguments.Split(' ').Select(a => a.Split('=')).ToImmutableSortedDictionary(a => a[0], a => a[1]),
            },
            default);

        public Task<AttemptReport> Drive(double deadline = 60, string place = "table_side", int number = 1, CancellationToken cancel = default) =>
            Robot.AttemptAsync(AttemptOf(Episode, "navigate_to", "root/go", deadline, place, number), cancel);

        public List<IDisposable> OfferStop(bool succeeds = true) => [Offer("/protective_stop", "stop", succeeds), Offer("/protective_stop_release", "release", succeeds)];

        private IDisposable Offer(string service, string name, bool succeeds) => Puppet.Ros.AdvertiseService(Trigger.Type, service, (_, _) =>
        {
            Calls.Add(name);
            return Task.FromResult(new Trigger.Response { Success = succeeds });
        });
    }
}
