using System.Collections.Immutable;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Generation.Scoring;

/// <summary>How well a detector did on series, the training rows left out.</summary>
/// <param name="Confusion">Row by row.</param>
/// <param name="Nab">By profile, as in <see cref="NabProfile.All"/>.</param>
public sealed record SeriesScore(string Detector, Confusion Confusion, ImmutableArray<NabScore> Nab)
{
    public static SeriesScore None(string detector) => new(detector, default, [.. NabProfile.All.Select(p => new NabScore(p, 0, 0))]);

    /// <summary>Of one series: the detector is made from the first rows and judged by the others.</summary>
    public static SeriesScore Of(SeriesDetector detector, LabelledSeries series, Training training)
    {
        var made = detector.Make(training);
        var confusion = default(Confusion);
        var (changes, before) = (new List<int>(), false);
        for (var row = 0; row < series.Rows; row++)
        {
            var alarmed = made.Next(series.Row(row), series.Times[row]);
            if (row < training.Rows) continue;
            confusion += Confusion.Of(series.Anomalies[row], alarmed);
            // A detection of a change is a change of the verdict: that a fault ends is news as well.
            if (alarmed != before) changes.Add(row - training.Rows);
            before = alarmed;
        }
        var labelled = series.Changes.Where(c => c >= training.Rows).Select(c => c - training.Rows).ToList();
        var windows = NabScore.WindowsOf(labelled, series.Rows - training.Rows);
        return new(detector.Name, confusion, [.. NabProfile.All.Select(p => NabScore.Of(p, windows, changes))]);
    }

    public static SeriesScore operator +(SeriesScore a, SeriesScore b) => new(a.Detector, a.Confusion + b.Confusion, [.. a.Nab.Zip(b.Nab, (x, y) => x + y)]);
}
