using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A fault that shows in values: any of its rules confirms it, and it heals when all of them are right again.</summary>
internal sealed class BoundsFault(FaultCatalogue catalogue, FaultDefinition definition, List<DetectorRule.OutOfBounds> rules, IFaultListener listener, Action<FaultNote> noted)
    : WatchedFault(catalogue, definition, definition.Component, listener, noted)
{
    private readonly DetectorState[] states = [.. rules.Select(_ => DetectorState.Quiet)];
    private bool waits;

    protected override IEnumerable<string> Watched => rules.Select(r => r.Signal);

    protected override void Judge(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        var concerned = false;
        for (var i = 0; i < rules.Count; i++)
        {
            // Only its own signal's samples are instants of the rule: another's would stretch an old value in time.
            if (rules[i].Signal != sample.Signal) continue;
            concerned = true;
            var raised = states[i].WrongSince ?? sample.At;
            states[i] = Detector.Next(rules[i], Definition.Heal, states[i], heard, sample.At);
            if (states[i].Confirmed) Confirm(states[i].Evidence!, raised, sample.At);
        }
        if (!concerned && !waits) return;
        var confirmed = Array.Exists(states, s => s.Confirmed);
        if (confirmed) Relapse(sample.At);
        else Suspect(Array.Exists(states, s => s.WrongSince is not null), sample.At);
        waits = !confirmed && !TryHeal(sample.At);
    }

    public override void Dispose()
    {
    }
}
