using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A fault that shows in values: any of its rules confirms it, and it heals when all of them are right again.</summary>
internal sealed class BoundsFault(FaultCatalogue catalogue, FaultDefinition definition, List<DetectorRule.OutOfBounds> rules, IFaultListener listener)
    : WatchedFault(catalogue, definition, definition.Component, listener)
{
    private readonly DetectorState[] states = [.. rules.Select(_ => DetectorState.Quiet)];
    private bool waitsForPerson;

    public override void Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard)
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
        if (concerned || waitsForPerson) waitsForPerson = !Array.Exists(states, s => s.Confirmed) && !TryHeal(sample.At);
    }

    public override void Dispose()
    {
    }
}
