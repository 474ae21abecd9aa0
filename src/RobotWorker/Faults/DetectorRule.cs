using System.Collections.Immutable;

namespace RobotWorker.Faults;

/// <summary>How a fault shows in signals. A rule is data; <see cref="Detector"/> and the monitor run it.</summary>
public abstract record DetectorRule
{
    private DetectorRule()
    {
    }

    /// <summary>A signal stays on the wrong side of a limit.</summary>
    /// <param name="Signal">Such as <c>gripper.measured_force</c>.</param>
    /// <param name="Unit">Of the signal, for people: N, or nothing.</param>
    /// <param name="Side">Which side is wrong.</param>
    /// <param name="Limit">Where it turns wrong.</param>
    /// <param name="Clear">Where it turns right again: the gap to <paramref name="Limit"/> is the hysteresis.</param>
    /// <param name="Confirm">How long it must be wrong.</param>
    /// <param name="When">It is watched only while all of these hold.</param>
    /// <param name="AfterWell">It is watched only once it has been right since <paramref name="When"/> began (a grip builds up force before it can lose it).</param>
    public sealed record OutOfBounds(
        string Signal, string Unit, WrongSide Side, Level Limit, Level Clear, TimeSpan Confirm, ImmutableArray<Guard> When, bool AfterWell) : DetectorRule;

    /// <summary>One of the detectors of <c>RobotWorker.Faults.Detectors</c> over a signal, or over several that are measured together.</summary>
    /// <param name="Signals">In the order of the detector's values; the last one is told last.</param>
    /// <param name="Detector">Its parameters: an <c>IDetector</c> or <c>IVectorDetector</c>.</param>
    /// <param name="Confirm">How long it must be alarmed.</param>
    public sealed record Detected(ImmutableArray<string> Signals, object Detector, TimeSpan Confirm, ImmutableArray<Guard> When) : DetectorRule;

    /// <summary>A signal that was heard is heard no more, by the watchdog's clock.</summary>
    public sealed record Silent(string Signal, TimeSpan After) : DetectorRule;
}

/// <summary>On which side of its limit a signal is wrong.</summary>
public enum WrongSide
{
    Below,
    Above,
}

/// <summary>A level in the signal's unit: <c>Offset + Times * (value of Of)</c>.</summary>
/// <param name="Of">Another signal, or null.</param>
public sealed record Level(double Offset, double Times = 0, string? Of = null)
{
    /// <summary>Null while the other signal was not heard.</summary>
    public double? Value(IReadOnlyDictionary<string, Sample> heard) =>
        Of is null ? Offset : heard.TryGetValue(Of, out var other) ? Offset + (Times * other.Value) : null;
}

/// <summary>Whether another signal is above (or below) a value.</summary>
public sealed record Guard(string Signal, WrongSide Side, double Value)
{
    public static bool AllHold(ImmutableArray<Guard> guards, IReadOnlyDictionary<string, Sample> heard)
    {
        foreach (var guard in guards)
            if (!guard.Holds(heard)) return false;
        return true;
    }

    public bool Holds(IReadOnlyDictionary<string, Sample> heard) =>
        heard.TryGetValue(Signal, out var sample) && (Side == WrongSide.Above ? sample.Value > Value : sample.Value < Value);
}
