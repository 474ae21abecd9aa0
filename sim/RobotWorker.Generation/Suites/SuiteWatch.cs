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

    /// <summary>What was confirmed, each with the cause at its root.</summary>
    public ImmutableArray<NotedFault> Confirmed(FaultCatalogue catalogue)
    {
        List<Fault> faults = [.. confirmed.Select(c => c.Fault with { HealedAt = HealedAfter(c.Fault, c.At)?.Fault.HealedAt })];
        var causes = Correlation.Causes(faults, catalogue);
        return [.. confirmed.Select((c, i) => new NotedFault(c.Fault.Code, c.Fault.Component, c.At, HealedAfter(c.Fault, c.At)?.At, faults[Correlation.RootOf(causes, i)].Code))];
    }

    /// <summary>When the first goal was sent after what was confirmed first since then was cleared.</summary>
    public double? AtWorkAgain(double? struck)
    {
        if (struck is not { } from || confirmed.FirstOrDefault(c => c.At >= from) is not { Fault: not null } first || HealedAfter(first.Fault, first.At) is not { } cleared) return null;
        var again = sent.FirstOrDefault(at => at >= cleared.At);
        return again > 0 ? again : null;
    }

    private (Fault Fault, double At)? HealedAfter(Fault fault, double at)
    {
        foreach (var one in healed)
            if (one.Fault.Code == fault.Code && one.Fault.Component == fault.Component && one.At >= at) return one;
        return null;
    }
}
