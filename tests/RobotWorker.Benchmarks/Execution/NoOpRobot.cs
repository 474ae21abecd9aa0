using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>
/// A robot whose skills do nothing: each is a goal of an action over the graph, whose server ends it at once. With every attempt it may tell ten facts.
/// </summary>
internal sealed class NoOpRobot(IWorkerInbox inbox, IActionClient<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback> action, bool facts) : IRobot
{
    public static readonly ImmutableArray<Atom> Atoms = [.. Enumerable.Range(0, 10).Select(i => Atom.Of("well", $"part{i}"))];

    private static readonly GripperCommandAction.Goal Nothing = new();

    private long nanoseconds;

    public RobotTime Now => new(nanoseconds);

    public async Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel)
    {
        var goal = action.Send(GoalIds.Derive(attempt.Episode, attempt.Path, attempt.Number, 0), Nothing);
        var outcome = await goal.Completion;
        if (facts) TellFacts();
        return outcome.State == GoalState.Succeeded ? AttemptReport.Success : AttemptReport.Unknown("GOAL", outcome.Detail);
    }

    public Task ObserveAsync(ObserveRequest request, CancellationToken cancel)
    {
        TellFacts();
        return Task.CompletedTask;
    }

    public Task<bool> StandStillAsync(TimeSpan deadline, TimeSpan silence, CancellationToken cancel) => Task.FromResult(true);

    public Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel) => Task.CompletedTask;

    public void TellFacts()
    {
        nanoseconds += 1000;
        foreach (var atom in Atoms) inbox.FactObserved(new(atom, Truth.True, Now, "sense"));
    }
}
