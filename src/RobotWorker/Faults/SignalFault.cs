using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A fault that shows in values: any of its rules confirms it, and it heals when all of them are right again.</summary>
internal sealed class SignalFault(FaultCatalogue catalogue, FaultDefinition definition, List<RuleWatch> rules, IFaultListener listener, Action<FaultNote> noted)
    : WatchedFault(catalogue, definition, definition.Component, listener, noted)
{
    private bool waits;

    protected override IEnumerable<string> Watched => rules.SelectMany(r => r.Signals);

    /// <summary>A detector whose normal state went on while the fault was there would be alarmed for ever.</summary>
    public override void Acknowledge(RobotTime now)
    {
        base.Acknowledge(now);
        foreach (var rule in rules) rule.Reset();
    }

    protected override void Judge(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        var (concerned, confirmed, wrong) = (false, false, false);
        foreach (var rule in rules)
        {
            var raised = rule.WrongSince ?? sample.At;
            if (rule.Hear(sample, heard))
            {
                concerned = true;
                if (rule.Confirmed) Confirm(rule.Evidence, raised, sample.At);
            }
            confirmed |= rule.Confirmed;
            wrong |= rule.WrongSince is not null;
        }
        if (!concerned && !waits) return;
        if (confirmed) StillThere(sample.At);
        else Suspect(wrong, sample.At);
        waits = !confirmed && !TryHeal(sample.At);
    }

    public override void Dispose()
    {
    }
}
