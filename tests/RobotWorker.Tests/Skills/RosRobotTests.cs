using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Skills;
using RobotWorker.Tests.Ros;
using RobotWorker.World;
using Pose = RobotWorker.Motion.Pose;

namespace RobotWorker.Tests.Skills;

/// <summary>The robot as the executor sees it, before a robot that only talks.</summary>
public sealed class RosRobotTests
{
    private static readonly Pose OnTheStool = Workshop.At(0.5, 0, 0.29);

    [Test]
    public void Attempt_Done_IsASuccess() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 3;

        Assert.That(await bench.Drive(), Is.EqualTo(AttemptReport.Success));
        Assert.That(bench.Wheels.Ids, Is.EqualTo([GoalIds.Derive(bench.Episode, "root/go", 1, 0)]));
    });

    [Test]
    public void Attempt_PastItsDeadline_IsReportedAfterItsGoalsEnded() => RosRobotBench.Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (60, 2);
        var report = await bench.Drive(deadline: 5);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "DEADLINE")));
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(7).Within(0.05));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void Attempt_Cancelled_IsReportedAfterItsGoalsEnded() => RosRobotBench.Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (60, 2);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        var report = await bench.Drive(cancel: cancel.Token);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "CANCELED")));
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(3).Within(0.05));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    // The skill's own patience with a cancelled goal is five seconds.
    [TestCase(2, Outcome.Unknown)]
    [TestCase(9, Outcome.Failed)]
    public void Attempt_WithTimeoutsOfItsOwn_IsAsPatientAsTheySay(double seconds, Outcome reported) => RosRobotBench.Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (60, 7);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        var attempt = bench.Attempt("navigate_to", "root/go", 60) with { Timeouts = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(seconds)) };

        Assert.That((await bench.Robot.AttemptAsync(attempt, cancel.Token)).Reported, Is.EqualTo(reported));
    });

    [Test]
    public void Attempt_CancelledAndTheGoalGoesOn_IsUnknown() => RosRobotBench.Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (120, 120);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);

        Assert.That((await bench.Drive(cancel: cancel.Token)).Reported, Is.EqualTo(Outcome.Unknown));
    });

    [TestCase(false, Outcome.Succeeded, null)]
    [TestCase(true, Outcome.Failed, "NAVIGATION_FAILED")]
    public void Attempt_OnARobotOfRos1_DrivesByMoveBase(bool aborts, Outcome reported, string? code) => OnLoop.Run(async world =>
    {
        var bench = new RosRobotBench(world, RosDialect.Ros1);
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
    public void Attempt_OfASkillWhoseActionTheRobotHasNot_Fails() => OnLoop.Run(async world =>
    {
        var bench = new RosRobotBench(world, profile: Workshop.Profile with { Names = Workshop.Profile.Names with { Gripper = "", Navigate = "" } });
        using var robot = bench.Robot;
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null, "nobody waits for servers that are not to come");
        await world.Seconds(0.5);

        var report = await bench.Do("gripper", "width=0.05 max_effort=10");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SUCH_ACTION")));
        Assert.That(bench.Fingers.Ids, Is.Empty);
    });

    [Test]
    public void Attempt_NavigationGivesUp_TellsItsReason() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Aborts = true;
        var report = await bench.Drive();

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NAVIGATION_FAILED")));
        Assert.That(report.Reason, Does.Contain("a chair stands there"));
    });

    [Test]
    public void Attempt_OfAnUnknownSkill_IsAFailure() => RosRobotBench.Run(async bench =>
    {
        var report = await bench.Robot.AttemptAsync(bench.Attempt("juggle", "root/go", 10), default);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SUCH_SKILL")));
    });

    [Test]
    public void Attempt_PlaceThatIsNotThere_IsAFailure() => RosRobotBench.Run(async bench =>
    {
        var report = await bench.Drive(place: "garden");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SUCH_PLACE")));
        Assert.That(bench.Wheels.Ids, Is.Empty);
    });

    [TestCase(0.05, 40, TestName = "Gripper_ThatHolds_IsNotMoved")]
    [TestCase(0.05, 8, TestName = "Gripper_ThatMayHold_IsNotMoved")]
    public void Gripper(double width, double force) => RosRobotBench.Run(async bench =>
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
    public void Pick_TheHandIsNoLongerEmptyWhenItHasLooked_IsNotOpened() => RosRobotBench.Run(async bench =>
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

    // Who rises with open fingers holds it too high up when they come loose, and presses it into the shelf.
    [TestCase(0.085, "NOT_CLOSED", 2, TestName = "Pick_TheFingersStayOpen_TheArmStaysWhereTheyWouldClose")]
    [TestCase(0.002, "GRASP_MISSED", 3, TestName = "Pick_TheFingersCloseBesideIt_TheArmRises")]
    public void Pick(double width, string code, int motions) => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Objects["cup/red"] = OnTheStool;
        bench.Puppet.LookAt(OnTheStool.Position);
        bench.FingersOpenTo = width;
        await bench.World.Seconds(1);
        var report = await bench.Do("pick", "object=cup_red");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, code)), report.Reason);
        Assert.That(bench.Arm.Ids, Has.Count.EqualTo(motions));
    });

    [Test]
    public void Place_TheGripperDoesNotOpen_WhatItHoldsIsNotForgotten() => RosRobotBench.Run(async bench =>
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
    public void Place_WhereAnotherProcessSawSomething_LooksFirst_AndPutsNothingOnTopOfIt() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Gripper = (0.05, 40);
        await bench.World.Seconds(0.1);
        var before = bench.Attempt("place", "root/put", 60);
        var stands = new Fact(Atom.Of("located", "cup_blue"), Truth.True, Workshop.Seconds(-60), "detector", Where: new("map", OnTheStool));
        var report = await bench.Robot.AttemptAsync(
            before with { Arguments = before.Arguments.Clear().Add("object", "cup_red").Add("target", "stool"), World = before.World.With(stands) }, default);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SPOT")), report.Reason);
        Assert.That(bench.Head.Ids, Has.Count.EqualTo(1), "it looked");
        Assert.That(bench.Arm.Ids, Is.Empty);
    });

    [Test]
    public void CallAction_ByNameAlone_SendsTheGoalToWhatTheGraphOffers() => RosRobotBench.Run(async bench =>
    {
        var report = await bench.Do("call_action", """action=/head_controller/point_head_action type= goal={"pointing_frame":"eye","max_velocity":1}""");

        Assert.That(report, Is.EqualTo(AttemptReport.Success), report.Reason);
        Assert.That(bench.Head.Ids, Is.EqualTo([GoalIds.Derive(bench.Episode, "root/do", 1, 0)]));
    });

    [TestCase("""action=/head_controller/point_head_action type= goal={"speed":1}""", "GOAL_DOES_NOT_FIT", "speed")]
    [TestCase("action=/juggle type= goal={}", "NO_SUCH_ACTION", "within the process")]
    [TestCase("action=/juggle type=nav2_msgs/Spin goal={}", "NO_SERVER", "/juggle")]
    [TestCase("action=juggle type= goal={}", "NO_SUCH_ACTION", "juggle")]
    public void CallAction_ThatCannotBeSent_SaysWhy(string arguments, string code, string why) => RosRobotBench.Run(async bench =>
    {
        var report = await bench.Do("call_action", arguments);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, code)));
        Assert.That(report.Reason, Does.Contain(why));
        Assert.That(bench.Head.Ids, Is.Empty);
    });

    [Test]
    public void CallAction_GivesUp_TellsTheResult() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Aborts = true;
        var report = await bench.Do("call_action", "action=/navigate_to_pose type=nav2_msgs/NavigateToPose goal={}");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "ACTION_ABORTED")));
        Assert.That(report.Reason, Does.Contain("a chair stands there"));
    });

    [TestCase(0, true, false)]
    [TestCase(1, false, false)]
    [TestCase(1, true, true)]
    public void Observe_FromElsewhere_MovesTheArmOnlyWhereItMay(int viewpoint, bool mayMoveArm, bool moves) => RosRobotBench.Run(async bench =>
    {
        await bench.Robot.ObserveAsync(new([Atom.Of("located", "cup_red")], bench.Robot.Now, viewpoint, TimeSpan.FromSeconds(20), mayMoveArm), default);

        Assert.That(bench.Arm.Ids, moves ? Is.Not.Empty : Is.Empty);
    });

    [Test]
    public void SkillNames_AreThoseOfTheCatalogue() => RosRobotBench.Run(bench =>
    {
        Assert.That(bench.Robot.SkillNames, Is.EquivalentTo(Workshop.Catalogue.Skills.Keys), "the catalogue names no skill that is not there, and none is hidden");
        return Task.CompletedTask;
    });

    [Test]
    public void Connect_NoDescription_SaysWhatIsMissing() => OnLoop.Run(async world =>
    {
        _ = new Puppet(world);
        using var robot = RosRobotBench.Connected(world, new());

        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Does.Contain("/robot_description"));
        var report = await robot.AttemptAsync(RosRobotBench.AttemptOf("e", "navigate_to", "root", 10, "table_side"), default);
        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NOT_CONNECTED")));
    });

    [Test]
    public void Connect_DescriptionIsNoUrdf_SaysWhere() => OnLoop.Run(async world =>
    {
        var puppet = new Puppet(world);
        puppet.Ros.Advertise<RobotWorker.Ros.Messages.StdMsgs.String>("/robot_description", Qos.Latched).Publish(new() { Data = "<robot name='r'>" });
        using var robot = RosRobotBench.Connected(world, new());

        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Does.StartWith("RW0251 /robot_description:1:"));
    });
}
