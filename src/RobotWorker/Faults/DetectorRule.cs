using System.Collections.Immutable;
using RobotWorker.Time;

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
    /// <param name="HealUnguarded">It can be seen to be right while its guards do not hold: a picture that changes is a new one, whether the robot moves or stands.</param>
    /// <param name="RightUnguarded">That its guards do not hold shows that it is right: fingers that move, or press, are not jammed.</param>
    public sealed record OutOfBounds(
        string Signal, string Unit, WrongSide Side, Level Limit, Level Clear, TimeSpan Confirm, ImmutableArray<Guard> When, bool AfterWell, bool HealUnguarded = false, bool RightUnguarded = false) : DetectorRule;

    /// <summary>One of the detectors of <c>RobotWorker.Faults.Detectors</c> over a signal, or over several that are measured together.</summary>
    /// <param name="Signals">In the order of the detector's values; the last one is told last.</param>
    /// <param name="Detector">Its parameters: an <c>IDetector</c> or <c>IVectorDetector</c>.</param>
    /// <param name="Confirm">How long it must be alarmed.</param>
    public sealed record Detected(ImmutableArray<string> Signals, object Detector, TimeSpan Confirm, ImmutableArray<Guard> When, bool HealUnguarded = false) : DetectorRule;

    /// <summary>A signal that was heard is heard no more, by the watchdog's clock.</summary>
    /// <param name="When">It is missed only while all of these hold, as last heard; from then on it is waited for.</param>
    public sealed record Silent(string Signal, TimeSpan After, ImmutableArray<Guard> When) : DetectorRule;

    /// <summary>A rule of each of several joints, with <c>{joint}</c> for the joint's name. <see cref="FaultCatalogue.For"/> makes rules of it that can be watched.</summary>
    /// <param name="Joints">Their numbers, from 1 at the base; empty: every joint that the arm has.</param>
    public sealed record PerJoint(DetectorRule Rule, ImmutableArray<int> Joints) : DetectorRule;
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
    /// <summary>Null while the other signal was not heard at about that time: on a wire each topic has its own way, and values of different times say nothing of each other.</summary>
    public double? Value(IReadOnlyDictionary<string, Sample> heard, RobotTime at) =>
        Of is null ? Offset : heard.TryGetValue(Of, out var other) && Guard.AreTogether(other.At, at) ? Offset + (Times * other.Value) : null;
}

/// <summary>Whether another signal is above (or below) a value.</summary>
public sealed record Guard(string Signal, WrongSide Side, double Value)
{
    // Diagnostics come at 20 Hz.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether two samples are of about the same time.</summary>
    public static bool AreTogether(RobotTime a, RobotTime b) => (a - b).Duration() <= Together;

    public static bool AllHold(ImmutableArray<Guard> guards, IReadOnlyDictionary<string, Sample> heard, RobotTime at)
    {
        foreach (var guard in guards)
            if (!guard.Holds(heard, at)) return false;
        return true;
    }

    public bool Holds(IReadOnlyDictionary<string, Sample> heard, RobotTime at) =>
        heard.TryGetValue(Signal, out var sample) && AreTogether(sample.At, at) && Holds(sample);

    /// <summary>Whether this sample of its signal is on its side, however old it is.</summary>
    public bool Holds(Sample sample) => Side == WrongSide.Above ? sample.Value > Value : sample.Value < Value;
}
