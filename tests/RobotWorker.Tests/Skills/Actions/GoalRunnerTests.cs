using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Skills.Actions;
using RobotWorker.Tests.Ros;
using RobotWorker.World;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;

namespace RobotWorker.Tests.Skills.Actions;

/// <summary>The goals of one attempt, over the in-process graph.</summary>
public sealed class GoalRunnerTests
{
    private const string Gripper = "/gripper_controller/gripper_cmd";
    private static readonly string Id = Episode.Of("test", 0, 1).Id;

    [Test]
    public void Ids_FollowFromEpisodeStepAttemptAndNumber() => Run(async bench =>
    {
        var first = bench.Attempt(1);
        await bench.Send(first);
        await bench.Send(first);
        await bench.Send(bench.Attempt(2));

        Assert.That(bench.Server.Ids, Is.EqualTo([
            GoalIds.Derive(Id, "root/grasp", 1, 0), GoalIds.Derive(Id, "root/grasp", 1, 1), GoalIds.Derive(Id, "root/grasp", 2, 0),
        ]));
        Assert.That(bench.Server.Ids, Is.Unique);
    });

    [Test]
    public void Notes_TellOfTheGoalBeforeItIsSentAndUntilItEnded() => Run(async bench =>
    {
        await bench.Send(bench.Attempt(3));

        var id = GoalIds.Derive(Id, "root/grasp", 3, 0).ToString("D");
        Assert.That(bench.Inbox.Notes, Is.EqualTo([
            new GoalNote("root/grasp", 3, id, Gripper, GoalStage.Sent, Message: """{"command":{"position":0.03,"max_effort":0}}"""), new GoalNote("root/grasp", 3, id, Gripper, GoalStage.Accepted),
            new GoalNote("root/grasp", 3, id, Gripper, GoalStage.Ended, "succeeded"),
        ]));
    });

    [Test]
    public void Notes_FeedbackWithProgress_IsTold() => Run(async bench =>
    {
        // They close for two seconds and then press on something that does not give.
        (bench.Server.Seconds, bench.Server.Feedback) = (5, after => new() { Position = 0.08 - (0.02 * Math.Min(after, 2)) });
        await bench.Send(bench.Attempt(1));

        var progress = bench.Inbox.Notes.Count(n => n.Stage == GoalStage.Progressed);
        Assert.That(progress, Is.EqualTo(20).Within(1), "one for each feedback of the first two seconds, none for those that say the same again");
    });

    [Test]
    public void Cancel_WaitsForTheGoalsEnd() => Run(async bench =>
    {
        (bench.Server.Seconds, bench.Server.StopSeconds) = (60, 2);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);

        await Assert.ThatAsync(() => bench.Send(bench.Attempt(1, cancel.Token)), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(bench.World.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)), "\"cancel accepted\" is not \"stopped\"");
        Assert.That(bench.Server.Running, Is.Zero);
        Assert.That(bench.Inbox.Notes[^1], Has.Property("Status").EqualTo("canceled"));
    });

    [Test]
    public void Cancel_TheGoalSucceededStill_IsACancelledAttempt() => Run(async bench =>
    {
        bench.Server.Seconds = 1;
        using var cancel = new CancellationTokenSource();
        var sent = bench.Send(bench.Attempt(1, cancel.Token));
        await bench.World.Seconds(1);
        cancel.Cancel();

        await Assert.ThatAsync(() => sent, Throws.InstanceOf<OperationCanceledException>());
    });

    [Test]
    public void Cancel_NotAnswered_IsUnknown() => Run(async bench =>
    {
        (bench.Server.Seconds, bench.Server.StopSeconds) = (60, 60);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);

        var report = await Report(() => bench.Send(bench.Attempt(1, cancel.Token)));

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Unknown, "GOAL_UNKNOWN")), "it may still be running");
        Assert.That(bench.Server.Running, Is.EqualTo(1));
    });

    [Test]
    public void Cancel_Before_NothingIsSent() => Run(async bench =>
    {
        await Assert.ThatAsync(() => bench.Send(bench.Attempt(1, new(canceled: true))), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(bench.Server.Ids, Is.Empty);
        Assert.That(bench.Inbox.Notes, Is.Empty);
    });

    [Test]
    public void Rejected_IsAFailureThatSaysSo() => Run(async bench =>
    {
        bench.Server.Takes = false;
        var report = await Report(() => bench.Send(bench.Attempt(1)));

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "REJECTED")));
        Assert.That(report.Reason, Does.Contain("the fingers"));
    });

    [Test]
    public void Aborted_IsForTheCallerToJudge() => Run(async bench =>
    {
        bench.Server.Aborts = true;
        var outcome = await bench.Send(bench.Attempt(1));

        Assert.That((outcome.State, outcome.Result!.Position), Is.EqualTo((GoalState.Aborted, 0.03)));
    });

    [Test]
    public void NobodyOffersTheAction_IsAFailureAtOnce() => Run(async bench =>
    {
        bench.Offer.Dispose();
        var report = await Report(() => bench.Send(bench.Attempt(1)));

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "NO_SERVER")));
        Assert.That(bench.World.Loop.Elapsed, Is.EqualTo(TimeSpan.Zero));
    });

    [Test]
    public void ServerDies_IsUnknown() => Run(async bench =>
    {
        bench.Server.Seconds = 60;
        var sent = bench.Send(bench.Attempt(1));
        await bench.World.Seconds(1);
        bench.Offer.Dispose();

        var report = await Report(() => sent);
        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Unknown, "GOAL_UNKNOWN")));
    });

    [Test]
    public void CancelledBySomebodyElse_IsAFailureThatSaysSo() => Run(async bench =>
    {
        bench.Server.Seconds = 60;
        var sent = bench.Send(bench.Attempt(1));
        await bench.World.Seconds(1);
        await bench.World.Graph.Connect("operator").CallServiceAsync(CancelGoal.Type, Gripper + "/_action/cancel_goal", new(), TimeSpan.FromSeconds(1));

        var report = await Report(() => sent);
        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "PREEMPTED")));
    });

    private static void Run(Func<Bench, Task> story) => OnLoop.Run(world => story(new(world)));

    private static async Task<AttemptReport> Report(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (StepFailedException e)
        {
            return e.Report;
        }
        throw new AssertionException("it did not fail");
    }

    private sealed class Bench
    {
        private readonly IActionClient<Goal, Result, Feedback> client;

        public Bench(OnLoop world)
        {
            World = world;
            Server = new(world, _ => new() { Position = 0.03 });
            Offer = world.Graph.Connect("robot").AdvertiseAction(Gripper, Server);
            client = world.Graph.Connect("worker").ActionClient(GripperCommandAction.Type, Gripper);
        }

        public OnLoop World { get; }

        public Inbox Inbox { get; } = new();

        public ScriptedServer<Goal, Result, Feedback> Server { get; }

        public IDisposable Offer { get; }

        public GoalRunner Attempt(int number, CancellationToken cancel = default) => new(
            new(Id, "root/grasp", number, 0, null, "gripper", ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromSeconds(60), WorldModel.Empty(Workshop.Predicates)),
            Inbox, cancel);

        public Task<GoalOutcome<Result>> Send(GoalRunner goals) =>
            goals.RunAsync(client, new Goal { Command = new() { Position = 0.03 } }, GoalTimeouts.Default, ActionProgress.Of, "the fingers' closing");
    }
}
