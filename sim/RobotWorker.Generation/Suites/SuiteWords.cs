using System.Globalization;

namespace RobotWorker.Generation.Suites;

/// <summary>A score's figures as people read them, on the terminal as on the page.</summary>
public static class SuiteWords
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "-";

    /// <summary>Marks a fault that the catalogue lacks.</summary>
    public const string UnknownMark = "*";

    public const string UnknownNote = "* not in the catalogue of faults: it cannot be confirmed by its own name, only noticed by another.";

    /// <param name="tuning">The score of the tuning seeds, not of the scoring ones.</param>
    public static string Of(SuiteSeeds seeds, bool tuning) => tuning
        ? $"scored on the seeds that thresholds are tuned on, from {seeds.Tuning}; a score that counts is made on seeds from {seeds.Scoring}"
        : $"scored on seeds from {seeds.Scoring}, thresholds tuned on seeds from {seeds.Tuning}";

    public static string Of(SuiteCondition condition) =>
        $"sensor noise ×{Number(condition.SensorNoise, "0.##")}, sensor rate ×{Number(condition.SensorRate, "0.##")}, messages {(condition.Latency > TimeSpan.Zero ? $"{Number(condition.Latency.TotalMilliseconds, "0.#")} ms on their way" : "at once")}, "
        + $"{(condition.MutesDiagnostics ? "/diagnostics muted" : "/diagnostics heard")}, {(condition.OtherMagnitudes ? "other fault magnitudes than those tuned on" : "fault magnitudes as tuned on")}";

    public static string Of(FalseAlarms alarms) => alarms.UpperAnHour is not { } upper
        ? $"{alarms.Count}, no time without a fault"
        : $"{alarms.Count} in {Number(alarms.Hours, "0.0")} h, at most {Number(upper, "0.00")} an hour (95 %){(alarms.Count == 0 ? "" : $": {Times(alarms.Codes)}")}";

    /// <summary>How many faults say something of recovery, of those that could: <c>13 of 37</c>.</summary>
    public static string Counting(IReadOnlyCollection<FaultScore> faults) => $"{faults.Count(f => f.Counts)} of {faults.Count(f => f is { IsKnown: true, NeedsPerson: false, Recovery.Runs: > 0 })}";

    /// <summary>Codes, the most frequent first, each with how often it occurs: <c>ARM_HOT 3, BUMPER 1</c>.</summary>
    public static string Times(IEnumerable<string> codes) =>
        string.Join(", ", codes.GroupBy(c => c, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));

    /// <summary>Median and ninetieth percentile, in milliseconds where both are below a second: <c>40/120 ms</c>.</summary>
    public static string Of(Spread? seconds) => seconds switch
    {
        null => None,
        { P90: < 1 } => $"{Number(1000 * seconds.P50, "0")}/{Number(1000 * seconds.P90, "0")} ms",
        _ => $"{Number(seconds.P50, "0.0")}/{Number(seconds.P90, "0.0")} s",
    };

    public static string Of(Successes? successes) => successes is null ? None : $"{successes.Succeeded}/{successes.Runs}";

    public static string Share(double? share) => share is { } known ? $"{Number(100 * known, "0.0")} %" : None;

    public static string Name(FaultScore fault) => fault.IsKnown ? fault.Code : fault.Code + UnknownMark;

    /// <summary>Whether a bar is met.</summary>
    public static string Of(bool? met) => met switch
    {
        true => "met",
        false => "NOT MET",
        null => "unknown",
    };

    internal static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
}
