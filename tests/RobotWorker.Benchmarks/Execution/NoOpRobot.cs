using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>A robot whose skills do nothing, one turn of the loop later; with every attempt it may tell ten facts.</summary>
internal sealed class NoOpRobot(IWorkerInbox inbox, bool facts) : IRobot
{
    public static readonly ImmutableArray<Atom> Atoms = [.. Enumerable.Range(0, 10).Select(i => Atom.Of("well", $"part{i}"))];

    private long nanoseconds;

    public RobotTime Now => new(nanoseconds);

    public async Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel)
    {
        await Task.Yield();
        if (facts) TellFacts();
        return AttemptReport.Success;
    }

    public Task ObserveAsync(ObserveRequest request, CancellationToken cancel)
    {
        TellFacts();
        return Task.CompletedTask;
    }

    public Task<bool> StandStillAsync(TimeSpan deadline, CancellationToken cancel) => Task.FromResult(true);

    public Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel) => Task.CompletedTask;

    public void TellFacts()
    {
        nanoseconds += 1000;
        foreach (var atom in Atoms) inbox.FactObserved(new(atom, Truth.True, Now, "sense"));
    }
}
