using RobotWorker.Generation.Scoring;

namespace RobotWorker.Tests.Generation.Scoring;

/// <summary>What the detectors that learn are worth, on seeds that nothing was tuned on; docs/detectors.md shows the table.</summary>
public sealed class AdaptiveTests
{
    private static readonly string[] Adaptive = ["cusum-adaptive", "ewma-adaptive", "mahalanobis-adaptive", "mewma-adaptive"];

    private static readonly Lazy<Dictionary<string, SeriesScore>> Drifting = new(() => Score(SeriesCorpus.Drifting));
    private static readonly Lazy<Dictionary<string, SeriesScore>> Stationary = new(() => Score(SeriesCorpus.Stationary));

    [Test]
    public void Parts_OfTheCorpus_ShareNoSeed() => Assert.That(SeriesCorpus.ScoringSeeds.Intersect(SeriesCorpus.TuningSeeds), Is.Empty);

    [TestCaseSource(nameof(Adaptive))]
    public void Drift_WithJumps_IsJudgedBetterThanByTheFixedGate(string detector)
    {
        var (learns, gate) = (Drifting.Value[detector].Confusion, Drifting.Value["mahalanobis"].Confusion);

        Assert.That(learns.F1, Is.GreaterThan(gate.F1 + 0.2));
        Assert.That(learns.FalseAlarmRate, Is.LessThan(gate.FalseAlarmRate / 4));
    }

    [TestCaseSource(nameof(Adaptive))]
    public void NoDrift_CostsHardlyAnything(string detector)
    {
        var learns = Stationary.Value[detector].Confusion.F1;

        Assert.That(learns, Is.GreaterThanOrEqualTo(Stationary.Value["mahalanobis"].Confusion.F1 - 0.02), "than the fixed gate");
        Assert.That(learns, Is.GreaterThanOrEqualTo(Stationary.Value[detector.Replace("-adaptive", "", StringComparison.Ordinal)].Confusion.F1 - 0.02), "than itself with a fixed baseline");
    }

    [Test]
    public void SlowOverheating_IsCaughtByEachOfThem([ValueSource(nameof(Adaptive))] string detector, [Values(0.02, 0.005)] double deviationsPerRow)
    {
        foreach (var seed in SeriesCorpus.ScoringSeeds)
        {
            var series = SeriesCorpus.Overheating(seed, deviationsPerRow);
            var score = SeriesScore.Of(Named(detector), series, new(series, SeriesCorpus.TrainingRows, 1e-4));

            // At 0.02 the last rows are 60 deviations off, at 0.005 they are 15: no alarm there would be a fault that was learned away.
            var caught = SeriesScore.Of(Named(detector), Last(series, 300), new(series, SeriesCorpus.TrainingRows, 1e-4)).Confusion;
            Assert.That(score.Confusion.FalseAlarmRate, Is.LessThan(0.02), $"seed {seed}, while nothing is wrong yet");
            Assert.That(caught.MissedAlarmRate, Is.LessThan(0.5), $"seed {seed}, in the last 300 rows");
        }
    }

    // The labels say that only the last rows are wrong; the values stay.
    private static LabelledSeries Last(LabelledSeries series, int rows) => series with { Anomalies = [.. series.Anomalies.Select((_, i) => i >= series.Rows - rows)] };

    private static Dictionary<string, SeriesScore> Score(Func<ulong, LabelledSeries> make) =>
        SeriesScoring.Score([.. SeriesCorpus.ScoringSeeds.Select(make)], new([], SeriesDetector.All, SeriesCorpus.TrainingRows, 1e-4)).Scores.ToDictionary(s => s.Detector);

    private static SeriesDetector Named(string name) => SeriesDetector.All.Single(d => d.Name == name);
}
