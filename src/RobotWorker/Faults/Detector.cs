using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>What a detector remembers between samples.</summary>
/// <param name="Armed">The signal has been right since the guard began to hold.</param>
/// <param name="WrongSince">Since when it has been wrong without being right in between.</param>
/// <param name="Confirmed">It was wrong for long enough, and has not healed.</param>
/// <param name="WellSince">Once confirmed: since when it has been right.</param>
/// <param name="Worst">The worst value since <paramref name="WrongSince"/>.</param>
public sealed record DetectorState(bool Armed, RobotTime? WrongSince, bool Confirmed, RobotTime? WellSince, double Worst, string? Evidence)
{
    public static readonly DetectorState Quiet = new(false, null, false, null, 0, null);
}

/// <summary>One rule over one robot's signals: threshold, hysteresis, confirmation, healing. Pure: state and samples in, state out.</summary>
public static class Detector
{
    /// <param name="heard">The latest sample of every signal, the new one included.</param>
    /// <param name="now">The new sample's time.</param>
    /// <param name="heal">How long the signal must be right before the fault counts as healed.</param>
    public static DetectorState Next(
        DetectorRule.OutOfBounds rule, TimeSpan heal, DetectorState state, IReadOnlyDictionary<string, Sample> heard, RobotTime now)
    {
        if (!heard.TryGetValue(rule.Signal, out var sample) || rule.Limit.Value(heard, now) is not { } limit || rule.Clear.Value(heard, now) is not { } clear) return state;
        var below = rule.Side == WrongSide.Below;
        var wrong = below ? sample.Value < limit : sample.Value > limit;
        var right = below ? sample.Value >= clear : sample.Value <= clear;
        var watched = Guard.AllHold(rule.When, heard, now);
        // A motor that is not asked for force shows neither that it has it nor that it lacks it: healing takes the same guard as falling ill.
        var isRight = watched || rule.HealUnguarded ? right : rule.RightUnguarded;
        return state.Confirmed ? Healing(heal, state, isRight, now) : Confirming(rule, state, watched, wrong, right, sample.Value, limit, heard, now);
    }

    private static DetectorState Confirming(
        DetectorRule.OutOfBounds rule, DetectorState state, bool watched, bool wrong, bool right, double value, double limit,
        IReadOnlyDictionary<string, Sample> heard, RobotTime now)
    {
        if (!watched) return DetectorState.Quiet;
        if (right) return DetectorState.Quiet with { Armed = true };
        if (rule.AfterWell && !state.Armed) return state;
        // Between the limit and where it is clear nothing begins, and nothing that began ends.
        if (state.WrongSince is null && !wrong) return state;
        if (state.WrongSince is not { } since) (since, state) = (now, state with { WrongSince = now, Worst = value });
        var worst = rule.Side == WrongSide.Below ? Math.Min(state.Worst, value) : Math.Max(state.Worst, value);
        if (now - since < rule.Confirm) return state with { Worst = worst };
        return state with { Confirmed = true, Worst = worst, WellSince = null, Evidence = Describe(rule, worst, limit, now - since, heard) };
    }

    private static DetectorState Healing(TimeSpan heal, DetectorState state, bool well, RobotTime now)
    {
        if (!well) return state with { WellSince = null };
        var since = state.WellSince ?? now;
        return now - since >= heal ? DetectorState.Quiet : state with { WellSince = since };
    }

    private static string Describe(DetectorRule.OutOfBounds rule, double worst, double limit, TimeSpan wrong, IReadOnlyDictionary<string, Sample> heard)
    {
        var unit = rule.Unit.Length > 0 ? $" {rule.Unit}" : "";
        var text = $"{Short(rule.Signal)} {Digits(worst)}{unit} {(rule.Side == WrongSide.Below ? "<" : ">")} {Digits(limit)}{unit} for {wrong.TotalSeconds:0.###} s";
        return rule.Limit.Of is { } of && heard.TryGetValue(of, out var other) ? $"{text} while {Short(of)} was {other.Value:0.###}{unit}" : text;
    }

    // Bytes free and metres between two pictures: of both the first digits tell.
    private static string Digits(double value) => Math.Abs(value) is (>= 0.001 and < 1e6) or 0 ? $"{value:0.###}" : $"{value:0.##e0}";

    private static string Short(string signal) => signal[(signal.LastIndexOf('.') + 1)..];
}
