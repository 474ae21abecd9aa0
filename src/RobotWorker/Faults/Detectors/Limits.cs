using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a limit check remembers.</summary>
public readonly record struct LimitsState(double Score, bool Alarmed) : IDetection;

/// <summary>
/// A signal is beyond a limit. It is right again only inside the limit by the hysteresis, so that noise on the limit is one alarm and not many (Schmitt 1938, "A thermionic trigger").
/// </summary>
/// <param name="Low">In the signal's unit; minus infinity: there is none.</param>
/// <param name="High">In the signal's unit; infinity: there is none.</param>
/// <param name="Nominal">Where the score is 0, between the limits, in the signal's unit.</param>
/// <param name="Hysteresis">How far inside its limit it is right again, in the signal's unit.</param>
public sealed record Limits(double Low, double High, double Nominal, double Hysteresis = 0) : IDetector<LimitsState>
{
    public double Low { get; } = Low < Nominal ? Low : throw new ArgumentOutOfRangeException(nameof(Low), Low, "must be below the nominal value");

    public double High { get; } = High > Nominal ? High : throw new ArgumentOutOfRangeException(nameof(High), High, "must be above the nominal value");

    public double Nominal { get; } = Require.Finite(Nominal);

    public double Hysteresis { get; } = Require.NotNegative(Hysteresis) is var h && h < Math.Min(High - Nominal, Nominal - Low)
        ? h
        : throw new ArgumentOutOfRangeException(nameof(Hysteresis), Hysteresis, "must leave the nominal value right");

    public static Limits Above(double limit, double nominal, double hysteresis = 0) => new(double.NegativeInfinity, limit, nominal, hysteresis);

    public static Limits Below(double limit, double nominal, double hysteresis = 0) => new(limit, double.PositiveInfinity, nominal, hysteresis);

    public LimitsState Next(in LimitsState state, double value, RobotTime at)
    {
        if (double.IsNaN(value)) return state;
        var gap = state.Alarmed ? Hysteresis : 0;
        // A limit at infinity is none: the nearest obstacle of an empty room is infinitely far, and right.
        var (above, tooHigh) = double.IsInfinity(High) ? (0, false) : ((value - Nominal) / (High - Nominal), Beyond(value - (High - gap), state.Alarmed));
        var (below, tooLow) = double.IsInfinity(Low) ? (0, false) : ((Nominal - value) / (Nominal - Low), Beyond(Low + gap - value, state.Alarmed));
        return new(Math.Max(0, Math.Max(above, below)), tooHigh || tooLow);
    }

    // On the limit it turns wrong, and on the inner edge of the hysteresis right.
    private static bool Beyond(double by, bool alarmed) => alarmed ? by > 0 : by >= 0;
}
