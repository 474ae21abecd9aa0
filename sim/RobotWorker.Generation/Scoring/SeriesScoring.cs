using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Generation.Scoring;

/// <summary>What is to be scored.</summary>
/// <param name="Paths">Folders of CSV files, or files.</param>
/// <param name="Detectors">Which.</param>
/// <param name="TrainingRows">The first rows of each file, which are learned from and not scored.</param>
/// <param name="FalseAlarmProbability">That a normal row is alarmed: thresholds follow from it.</param>
public sealed record SeriesScoringOptions(ImmutableArray<string> Paths, ImmutableArray<SeriesDetector> Detectors, int TrainingRows, double FalseAlarmProbability);

/// <summary>The result over all files.</summary>
/// <param name="Rows">Scored ones.</param>
/// <param name="Anomalous">Of these, the labelled ones.</param>
public sealed record SeriesScoringResult(SeriesScoringOptions Options, int Files, long Rows, long Anomalous, ImmutableArray<SeriesScore> Scores);

/// <summary>Scores detectors on labelled series: each file is trained and judged by itself, and the sums over all files are scored.</summary>
public static class SeriesScoring
{
    /// <summary>The fewest training rows: eight signals' covariance from fewer says little.</summary>
    public const int FewestTrainingRows = 50;

    /// <returns>Null where the bag says why nothing was scored: one bad file would make the sums of the others look like the whole.</returns>
    public static SeriesScoringResult? Run(SeriesScoringOptions options, DiagnosticBag bag)
    {
        var files = options.Paths.SelectMany(p => LabelledSeriesReader.FilesOf(p, bag)).Distinct(StringComparer.Ordinal).ToList();
        var series = files.Select(f => Read(f, options.TrainingRows, bag)).OfType<LabelledSeries>().ToList();
        return bag.HasErrors ? null : Score(series, options);
    }

    public static SeriesScoringResult Score(IReadOnlyList<LabelledSeries> series, SeriesScoringOptions options)
    {
        var trained = series.Select(s => (Series: s, Training: new Training(s, options.TrainingRows, options.FalseAlarmProbability))).ToList();
        return new(
            options, series.Count, series.Sum(s => (long)s.Rows - options.TrainingRows), series.Sum(s => s.Anomalies.Skip(options.TrainingRows).LongCount(a => a)),
            [.. options.Detectors.Select(d => trained.Aggregate(SeriesScore.None(d.Name), (sum, t) => sum + SeriesScore.Of(d, t.Series, t.Training)))]);
    }

    private static LabelledSeries? Read(string file, int training, DiagnosticBag bag)
    {
        if (LabelledSeriesReader.Read(file, bag) is not { } series) return null;
        if (series.Rows <= training)
        {
            bag.Error(Codes.WrongLength, new(file, series.Rows + 1, 1), $"{series.Rows} rows, of which {training} are for training: none is left to be scored", "give fewer training rows (--train)");
            return null;
        }
        if (series.Anomalies.Take(training).Any(a => a))
            bag.Warn(Codes.OutOfRange, new(file, series.Anomalies.IndexOf(true) + 2, 1), $"a training row (one of the first {training}) is labelled as anomalous: what is wrong there is taken for normal", "give fewer training rows (--train)");
        return series;
    }
}
