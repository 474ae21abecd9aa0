using System.Collections.Immutable;

namespace RobotWorker.Generation.Suites;

/// <summary>What a suite's figures must reach. Pure: the same score always says the same.</summary>
public static class SuiteBars
{
    /// <summary>Share of the runs of each fault that counts.</summary>
    public const double RecoveredInEach = 0.85;

    private const double RecoveredInAll = 0.95, PromptShare = 0.9, DetectedElsewhere = 0.9;
    private const double AlarmsAnHour = 0.1, AlarmsAnHourElsewhere = 1;
    private const int FewestFaults = 25, FewestStrikes = 20, FewestRuns = 500;
    private const double FewestHours = 30;

    public static ImmutableArray<SuiteBar> Of(SuiteScore score)
    {
        var standard = ScoreOf(score, FaultSuite.Standard);
        ImmutableArray<FaultScore> faults = standard?.Faults ?? [];
        return
        [
            RecoveredOfAll(faults), RecoveredOfEach(faults), Injected(faults), AskedSafely(faults), Promptly(faults), NoFalseAlarm(standard?.Alarms), FewFalseAlarms(standard?.Alarms),
            .. score.Suite.Conditions.Where(c => IsElsewhere(score.Suite, c)).SelectMany(c => Elsewhere(c.Name, ScoreOf(score, c.Name))),
        ];
    }

    private static ConditionScore? ScoreOf(SuiteScore score, string condition) => score.Conditions.FirstOrDefault(c => c.Condition.Name == condition);

    private static SuiteBar RecoveredOfAll(ImmutableArray<FaultScore> faults)
    {
        var counted = Counted(faults);
        var (succeeded, runs) = (counted.Sum(f => f.Recovery!.Succeeded), counted.Sum(f => f.Recovery!.Runs));
        const string Text = "faults that a machine can recover from and that fail a task otherwise: at least 95 % of their runs succeed";
        return runs == 0 ? Unknown(Text) : new(
            Text, $"{Percent(succeeded, runs)} ({succeeded} of {runs} runs; {SuiteWords.Counting(faults)} faults count)", Whole(counted.All(f => f.Recovery!.Runs >= FewestStrikes), AtLeast(RecoveredInAll, succeeded, runs)));
    }

    private static SuiteBar RecoveredOfEach(ImmutableArray<FaultScore> faults)
    {
        const string Text = "each of these: at least 17 of 20";
        return Counted(faults).MinBy(f => (double)f.Recovery!.Succeeded / f.Recovery.Runs) is not { Recovery: { } least } worst
            ? Unknown(Text)
            : new(Text, $"at least {least.Succeeded} of {least.Runs} ({worst.Code})", Whole(Counted(faults).All(f => f.Recovery!.Runs >= FewestStrikes), AtLeast(RecoveredInEach, least.Succeeded, least.Runs)));
    }

    private static SuiteBar Injected(ImmutableArray<FaultScore> faults)
    {
        var injected = faults.Count(f => f.Struck > 0);
        var (enough, runs) = (faults.Count(f => f.Struck >= FewestStrikes), faults.Sum(f => f.Struck));
        var text = $"at least {FewestFaults} faults are injected, {FewestStrikes} times each and {FewestRuns} times in all";
        return injected == 0 ? Unknown(text) : new(text, $"{injected}, {enough} of them as often; {runs} times in all", injected < FewestFaults ? false : Whole(enough >= FewestFaults && runs >= FewestRuns, true));
    }

    // What a part of the runs already misses is missed; what it reaches says nothing of the whole.
    private static bool? Whole(bool isWhole, bool met) => met && !isWhole ? null : met;

    private static SuiteBar AskedSafely(ImmutableArray<FaultScore> faults)
    {
        var needing = faults.Where(f => f.NeedsPerson && f.Struck > 0).ToList();
        var (asked, struck) = (needing.Sum(f => f.AskedSafely), needing.Sum(f => f.Struck));
        var not = needing.Where(f => f.AskedSafely < f.Struck).Select(f => f.Code).ToList();
        const string Text = "faults that need a person end in a safe stop and a question every time";
        return struck == 0 ? Unknown(Text) : new(Text, $"{asked} of {struck} runs with {Faults(needing.Count)}{(not.Count == 0 ? "" : $"; not {string.Join(", ", not)}")}", asked == struck);
    }

    // Over all strikes: who looks at the confirmed ones alone is not told of those that were missed.
    private static SuiteBar Promptly(ImmutableArray<FaultScore> faults)
    {
        const string Text = "link, emergency stop and controller faults are confirmed within 150 ms in nine of ten strikes";
        return faults.Where(f => f.IsHard && f.Struck > 0).MinBy(f => ((double)f.Promptly / f.Struck, -(f.DelaySeconds?.P90 ?? double.PositiveInfinity))) is not { } worst
            ? Unknown(Text)
            : new(
                Text, $"at least {worst.Promptly} of {worst.Struck} ({worst.Code}{(worst.DelaySeconds is { } delay ? $", p90 {Number(1000 * delay.P90, "0")} ms{(worst.Detected < worst.Struck ? $" of the {worst.Detected} confirmed" : "")}" : "")})",
                AtLeast(PromptShare, worst.Promptly, worst.Struck));
    }

    private static SuiteBar NoFalseAlarm(FalseAlarms? alarms)
    {
        var text = $"no false alarm in {Number(FewestHours, "0")} h";
        return alarms is not { Hours: > 0 } ? Unknown(text) : new(text, $"{alarms.Count} in {Number(alarms.Hours, "0.0")} h", Whole(alarms.Hours >= FewestHours, alarms.Count == 0));
    }

    private static SuiteBar FewFalseAlarms(FalseAlarms? alarms)
    {
        var text = $"with 95 % confidence at most {Number(AlarmsAnHour, "0.0")} false alarms an hour";
        return alarms?.UpperAnHour is not { } upper ? Unknown(text) : new(text, $"at most {Number(upper, "0.0000")} an hour", upper <= AlarmsAnHour);
    }

    private static IEnumerable<SuiteBar> Elsewhere(string name, ConditionScore? score)
    {
        var known = score?.Faults.Where(f => f.IsKnown).ToList() ?? [];
        var (detected, struck) = (known.Sum(f => f.Detected), known.Sum(f => f.Struck));
        var (detection, alarming) = ($"{name}: at least 90 % of the known faults detected", $"{name}: at most one false alarm an hour");
        yield return struck == 0 ? Unknown(detection) : new(detection, $"{Percent(detected, struck)} ({detected} of {struck})", AtLeast(DetectedElsewhere, detected, struck));
        yield return score?.Alarms is not { Hours: > 0 } alarms
            ? Unknown(alarming)
            : new(alarming, $"{alarms.Count} in {Number(alarms.Hours, "0.0")} h", alarms.Count <= AlarmsAnHourElsewhere * alarms.Hours);
    }

    /// <summary>Other sensors, another wire or another robot than those that thresholds were set with.</summary>
    private static bool IsElsewhere(FaultSuite suite, SuiteCondition condition) => condition.Name != FaultSuite.Standard
        && (condition.SensorNoise != 1 || condition.SensorRate != 1 || condition.Latency > TimeSpan.Zero || suite.Tasks.Any(t => RobotIn(t, condition.Name) is { } robot && RobotIn(t, FaultSuite.Standard) is { } usual && robot != usual));

    private static string? RobotIn(SuiteTask task, string condition) => task.Jobs.GetValueOrDefault(condition)?.Robot.Name;

    private static List<FaultScore> Counted(ImmutableArray<FaultScore> faults) => [.. faults.Where(f => f.Counts)];

    // 17 of 20 are 0.85, whatever the division says.
    private static bool AtLeast(double share, int of, int all) => of >= (share * all) - 1e-9;

    private static string Faults(int count) => count == 1 ? "1 fault" : $"{count} faults";

    private static SuiteBar Unknown(string text) => new(text, "no runs", null);

    private static string Percent(int of, int all) => SuiteWords.Share((double)of / all);

    private static string Number(double value, string form) => SuiteWords.Number(value, form);
}
