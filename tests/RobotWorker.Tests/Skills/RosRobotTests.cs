using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills;
using RobotWorker.Tests.Ros;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills;

/// <summary>The robot as the executor sees it, before a robot that only talks.</summary>
public sealed class RosRobotTests
{
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
    public void StandStill_ItStandsStill_IsTrueAfterTheDwell() => Run(async bench =>
    {
        await bench.World.Seconds(1);
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), default), Is.True);
        Assert.That(bench.Since.TotalSeconds - 1, Is.EqualTo(0.3).Within(0.06), "having stood still before is not enough: zero was only now commanded");
        Assert.That(bench.Commanded, Is.Not.Empty.And.All.EqualTo(new Twist()));
    });

    [Test]
    public void StandStill_ItKeepsMoving_IsFalseAtTheDeadline() => Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), default), Is.False);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(2).Within(0.01));
        Assert.That(bench.Commanded, Has.Count.GreaterThan(30), "zero is commanded all the while");
    });

    [Test]
    public void StandStill_ItStopsAfterAWhile_IsTrueThen() => Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        var still = bench.Robot.StandStillAsync(TimeSpan.FromSeconds(5), default);
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
        private TimeSpan began;

        public Bench(OnLoop world)
        {
            World = world;
            Puppet = new(world);
            Puppet.Ros.Advertise<RobotWorker.Ros.Messages.StdMsgs.String>("/robot_description", Qos.Latched).Publish(new() { Data = Motion.Arm.Urdf });
            Puppet.Ros.Subscribe<Twist>("/cmd_vel", Commanded.Add);
            Wheels = new(world, _ => new() { ErrorCode = 9000, ErrorMsg = "a chair stands there" });
            Puppet.Ros.AdvertiseAction("/navigate_to_pose", Wheels);
            Robot = Connected(world, Inbox);
        }

        public OnLoop World { get; }

        public Puppet Puppet { get; }

        public Inbox Inbox { get; } = new();

        public List<Twist> Commanded { get; } = [];

        public List<string> Calls { get; } = [];

        public ScriptedServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback> Wheels { get; }

        public RosRobot Robot { get; }

        public string Episode { get; } = RobotWorker.Episodes.Episode.Of("test", 0, 1).Id;

        /// <summary>Since the story began.</summary>
        public TimeSpan Since => World.Loop.Elapsed - began;

        public void Begin() => began = World.Loop.Elapsed;

        public static RosRobot Connected(OnLoop world, Inbox inbox) => new(
            world.Graph.Connect("worker"), Workshop.Profile, Workshop.Site, Workshop.Catalogue, RobotWorker.Episodes.Episode.Of("test", 0, 1).Id,
            RandomStream.For(1, "test", "arm"), inbox, _ => { });

        public static Attempt AttemptOf(string episode, string skill, string path, double deadline, string place, int number = 1) => new(
            episode, path, number, 0, null, skill, ImmutableSortedDictionary<string, string>.Empty.Add("place", place), TimeSpan.FromSeconds(deadline),
            WorldModel.Empty(Workshop.Predicates));

        public Attempt Attempt(string skill, string path, double deadline) => AttemptOf(Episode, skill, path, deadline, "table_side");

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
