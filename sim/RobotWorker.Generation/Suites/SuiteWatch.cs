using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Generation.Suites;

/// <summary>Notes of a run of the worker what the score needs, by the simulator's clock: the robot's own may be a fault.</summary>
/// <param name="seconds">Simulated ones, now.</param>
internal sealed class SuiteWatch(Func<double> seconds) : IRunRecorder
{
    private readonly List<(Fault Fault, double At)> confirmed = [];
    private readonly List<(Fault Fault, double At)> healed = [];
    private readonly List<double> sent = [];

    public void OnTransition(Event happened, PlanState after)
    {
        switch (happened)
        {
            case Event.FaultConfirmed e: confirmed.Add((e.Fault, seconds())); break;
            case Event.FaultHealed e: healed.Add((e.Fault, seconds())); break;
            case Event.GoalChanged { Note.Stage: GoalStage.Sent }: sent.Add(seconds()); break;
        }
    }

    public void Noted(FaultNote note)
    {
    }

    public void Frozen(FreezeFrame frame)
    {
    }

    /// <summary>What was confirmed, each with the cause at its root. What was there before the strike is not of it.</summary>
    public ImmutableArray<NotedFault> Confirmed(FaultCatalogue catalogue, double? struck)
    {
        var from = struck ?? double.PositiveInfinity;
        return [.. Rooted([.. confirmed.Where(c => c.At < from)], catalogue), .. Rooted([.. confirmed.Where(c => c.At >= from)], catalogue)];
    }

    /// <summary>When the first goal was sent after the fault that struck was cleared, or what it brought about.</summary>
    public double? AtWorkAgain(string? fault, IEnumerable<NotedFault> noted, double? struck)
    {
        if (struck is not { } from || noted.FirstOrDefault(n => n.At >= from && (n.Code == fault || n.Cause == fault))?.ClearedAt is not { } cleared) return null;
        var again = sent.FirstOrDefault(at => at >= cleared);
        return again > 0 ? again : null;
    }

    private IEnumerable<NotedFault> Rooted(List<(Fault Fault, double At)> some, FaultCatalogue catalogue)
    {
        List<Fault> faults = [.. some.Select(c => c.Fault with { HealedAt = HealedAfter(c.Fault, c.At)?.Fault.HealedAt })];
        var causes = Correlation.Causes(faults, catalogue);
        return some.Select((c, i) => new NotedFault(c.Fault.Code, c.Fault.Component, c.At, HealedAfter(c.Fault, c.At)?.At, faults[Correlation.RootOf(causes, i)].Code));
    }

    private (Fault Fault, double At)? HealedAfter(Fault fault, double at)
    {
        foreach (var one in healed)
            if (one.Fault.Code == fault.Code && one.Fault.Component == fault.Component && one.At >= at) return one;
        return null;
    }
}
