using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Skills;

namespace RobotWorker.Tests.Skills;

/// <summary>Another process takes up a goal of this one that still runs, and knows it for its own.</summary>
public sealed class RosRobotTakeUpTests
{
    [Test]
    public void Drive_StillRuns_IsTakenUpByItsId() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 5;
        var goal = GoalIds.Derive(bench.Episode, "root/go", 1, 0);
        var first = bench.Drive();
        await bench.World.Seconds(1);
        using var second = await SecondProcess(bench, goal);

        var report = await second.AttemptAsync(Drive(bench, goal), default);

        Assert.That(report, Is.EqualTo(AttemptReport.Success), report.Reason);
        Assert.That(bench.Wheels.Ids, Is.EqualTo([goal]), "nothing was sent again");
        Assert.That(bench.Inbox.Modes, Is.Empty, "it is no intervention");
        _ = first;
    });

    [Test]
    public void Drive_HasEnded_IsNotKnownAnyMore() => RosRobotBench.Run(async bench =>
    {
        var goal = GoalIds.Derive(bench.Episode, "root/go", 1, 0);
        await bench.Drive();
        using var second = await SecondProcess(bench, goal);

        var report = await second.AttemptAsync(Drive(bench, goal), default);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Unknown, AttemptReport.ProcessRestarted)));
        Assert.That(report.Reason, Does.Contain("does not know the goal any more"));
        Assert.That(bench.Wheels.Ids, Has.Count.EqualTo(1));
    });

    [Test]
    public void Drive_TakenUpAndCancelled_EndsAtTheServer() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 60;
        var goal = GoalIds.Derive(bench.Episode, "root/go", 1, 0);
        _ = bench.Drive();
        await bench.World.Seconds(1);
        using var second = await SecondProcess(bench, goal);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);

        var report = await second.AttemptAsync(Drive(bench, goal), cancel.Token);

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "CANCELED")));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void Drive_CancelledBeforeItIsTakenUp_EndsAtTheServerToo() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 60;
        bench.Wheels.StopSeconds = 0.5;
        var goal = GoalIds.Derive(bench.Episode, "root/go", 1, 0);
        _ = bench.Drive();
        await bench.World.Seconds(1);
        using var second = await SecondProcess(bench, goal);

        var report = await second.AttemptAsync(Drive(bench, goal), new CancellationToken(canceled: true));

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "CANCELED")), report.Reason);
        Assert.That(bench.Wheels.Running, Is.Zero, "what it says has ended has ended");
    });

    private static Attempt Drive(RosRobotBench bench, Guid goal) =>
        RosRobotBench.AttemptOf(bench.Episode, "navigate_to", "root/go", 60, "table_side") with { Goal = goal.ToString("D") };

    private static async Task<RosRobot> SecondProcess(RosRobotBench bench, Guid goal)
    {
        var state = PlanState.Before(Execution.Kitchen.Setup, Execution.Kitchen.Plan("{id: root, sequence: [{id: p, skill: peek}]}"), bench.Episode);
        var robot = RosRobotBench.Connected(bench.World, bench.Inbox, node: "second", resumption: new Resumption(state, TimeSpan.Zero, 1, [goal.ToString("D")], StopMayHold: false));
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null);
        return robot;
    }
}
