namespace RobotWorker.Faults.Detectors;

/// <summary>
/// Counts up while a detector finds the signal wrong and down while it is right: AUTOSAR's counter-based debounce algorithm (Specification of Diagnostic Event Manager, "Counter based
/// debounce algorithm", where the thresholds are 127 and -128). Unlike a time it forgives single samples in between: for signals that are lost now and then.
/// </summary>
/// <param name="FailedAt">The count at which it is confirmed.</param>
/// <param name="HealedAfter">So many right samples more than wrong ones heal it.</param>
/// <param name="StepUp">What a wrong sample counts.</param>
/// <param name="StepDown">What a right one takes off.</param>
public sealed record CounterDebounce(int FailedAt, int HealedAfter, int StepUp = 1, int StepDown = 1)
{
    public int FailedAt { get; } = Require.Within(FailedAt, 1, 1_000_000);

    public int HealedAfter { get; } = Require.Within(HealedAfter, 1, 1_000_000);

    public int StepUp { get; } = Require.Within(StepUp, 1, 1_000_000);

    public int StepDown { get; } = Require.Within(StepDown, 1, 1_000_000);

    /// <summary>The counter runs from 0, well, to <see cref="FailedAt"/>, and once confirmed from <see cref="HealedAfter"/> down to 0, healed.</summary>
    public DebounceState Next(in DebounceState state, bool wrong)
    {
        var counter = wrong ? state.Counter + StepUp : state.Counter - StepDown;
        if (state.Confirmed)
            return counter <= 0 ? default : new(wrong ? DebouncePhase.Failed : DebouncePhase.Prepassed, default, Math.Min(counter, HealedAfter));
        if (counter >= FailedAt) return new(DebouncePhase.Failed, default, HealedAfter);
        return counter <= 0 ? default : new(DebouncePhase.Prefailed, default, counter);
    }
}
