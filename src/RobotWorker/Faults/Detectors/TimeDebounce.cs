using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>
/// Waits until a detector has found the signal wrong for a time without a break, and as strictly until it is right again: AUTOSAR's time-based debounce algorithm
/// (Specification of Diagnostic Event Manager, "Time based debounce algorithm"). For signals that come regularly.
/// </summary>
/// <param name="FailSeconds">From prefailed to confirmed; 0: at once.</param>
/// <param name="HealSeconds">From prepassed to healed; 0: at once.</param>
public sealed record TimeDebounce(double FailSeconds, double HealSeconds)
{
    public double FailSeconds { get; } = Require.NotNegative(FailSeconds);

    public double HealSeconds { get; } = Require.NotNegative(HealSeconds);

    public DebounceState Next(in DebounceState state, bool wrong, RobotTime at) => (state.Confirmed, wrong) switch
    {
        (false, false) => default,
        (false, true)  => Towards(DebouncePhase.Failed, DebouncePhase.Prefailed, FailSeconds, state, at),
        (true, true)   => new(DebouncePhase.Failed, default, 0),
        (true, false)  => Towards(DebouncePhase.Passed, DebouncePhase.Prepassed, HealSeconds, state, at),
    };

    private static DebounceState Towards(DebouncePhase end, DebouncePhase onTheWay, double seconds, in DebounceState state, RobotTime at)
    {
        // A clock that jumped back would else hold the fault off, or on, for as long as it jumped.
        var since = state.Phase == onTheWay && state.Since <= at ? state.Since : at;
        return Elapsed.Seconds(since, at) >= seconds ? new(end, default, 0) : new(onTheWay, since, 0);
    }
}
