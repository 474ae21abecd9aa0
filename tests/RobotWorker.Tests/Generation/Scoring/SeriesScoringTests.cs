using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RobotWorker.Faults.Detectors;
using RobotWorker.Generation.Scoring;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Scoring;

public sealed class SeriesScoringTests
{
    private static readonly SeriesScoringOptions Options = new([], SeriesDetector.All, SeriesCorpus.TrainingRows, 1e-4);

    [Test]
    public void Labels_OfScoredRows_DoNotReachTheDetectors()
    {
        var series = SeriesCorpus.Drifting(3);
        var relabelled = series with { Anomalies = [.. series.Anomalies.Select(a => !a)], Changes = [] };

        foreach (var (right, wrong) in SeriesScoring.Score([series], Options).Scores.Zip(SeriesScoring.Score([relabelled], Options).Scores))
        {
            var turned = new Confusion(right.Confusion.FalsePositives, right.Confusion.TruePositives, right.Confusion.TrueNegatives, right.Confusion.FalseNegatives);
            Assert.That(wrong.Confusion, Is.EqualTo(turned), right.Detector);
        }
    }

    [Test]
    public void Future_OfARow_DoesNotReachItsVerdict()
    {
        var series = SeriesCorpus.Stationary(4);
        var cut = series with { Times = series.Times[..2000], Values = series.Values[..(2000 * series.Columns.Length)], Anomalies = series.Anomalies[..2000] };
        var changed = cut with { Values = [.. cut.Values.Select((v, i) => i < 1500 * cut.Columns.Length ? v : 1e3 * v)] };

        foreach (var detector in SeriesDetector.All) Assert.That(Verdicts(detector, changed).Take(1500), Is.EqualTo(Verdicts(detector, cut).Take(1500)), detector.Name);
    }

    [Test]
    public void Series_ThatIsScoredTwice_CountsTwice()
    {
        var once = SeriesScoring.Score([SeriesCorpus.Stationary(1)], Options);
        var twice = SeriesScoring.Score([SeriesCorpus.Stationary(1), SeriesCorpus.Stationary(1)], Options);

        Assert.That((twice.Files, twice.Rows, twice.Anomalous), Is.EqualTo((2, 2 * once.Rows, 2 * once.Anomalous)));
        for (var i = 0; i < once.Scores.Length; i++)
        {
            Assert.That(twice.Scores[i].Confusion, Is.EqualTo(once.Scores[i].Confusion + once.Scores[i].Confusion));
            Assert.That(twice.Scores[i].Nab[0].Normalized, Is.EqualTo(once.Scores[i].Nab[0].Normalized).Within(1e-9));
        }
    }

    [TestCase("stuck")]
    [TestCase("stale")]
    [TestCase("rate")]
    public void FaultOfItsKind_IsFoundByTheDetectorThatWasMadeForIt(string detector)
    {
        var series = SeriesCorpus.Stationary(5);
        var (values, times) = (series.Values.ToBuilder(), series.Times.ToBuilder());
        for (var row = 3000; row < series.Rows; row++)
        {
            if (detector == "stuck" && row < 3200) values[row * series.Columns.Length] = values[3000 * series.Columns.Length];
            if (detector == "rate" && row == 3000) values[row * series.Columns.Length] += 100 * 0.5;
            if (detector == "stale") times[row] += TimeSpan.FromMinutes(1);
        }
        var ill = series with { Values = values.ToImmutable(), Times = times.ToImmutable() };

        Assert.That(Verdicts(SeriesDetector.All.Single(d => d.Name == detector), ill)[3000..3200], Has.Some.True);
    }

    [Test]
    public void Columns_MoreThanEightOrConstant_AreJudgedInGroupsAndLeftOut()
    {
        var (first, second, third) = (SeriesCorpus.Stationary(6), SeriesCorpus.Stationary(7), SeriesCorpus.Stationary(8));
        var wide = first with
        {
            Columns = [.. Enumerable.Range(0, 13).Select(i => $"c{i}")],
            Values = [.. Enumerable.Range(0, first.Rows).SelectMany(r => first.Row(r).ToArray().Concat(second.Row(r).ToArray()).Append(7).Concat(third.Row(r).ToArray()))],
        };

        var score = SeriesScoring.Score([wide], Options with { Detectors = [.. SeriesDetector.All.Where(d => d.Name.StartsWith("mahalanobis", StringComparison.Ordinal))] });

        Assert.That(score.Scores.Select(s => s.Confusion.F1), Is.All.InRange(0.2, 1), "jumps of other seeds in the other columns are no alarms that are labelled");
        Assert.That(new Training(wide, 400, 1e-4).Columns, Has.Length.EqualTo(12).And.None.EqualTo(8));
    }

    [Test]
    public void Columns_ThatCountUpOrAreHuge_AreScoredLikeOthers()
    {
        var series = SeriesCorpus.Stationary(7);
        var odd = series with { Columns = ["row", "huge", "noise"], Values = [.. Enumerable.Range(0, series.Rows).SelectMany(r => new[] { r, r % 2 == 0 ? 1e300 : -1e300, series.Row(r)[0] })] };

        var scores = SeriesScoring.Score([odd], Options).Scores;

        Assert.That(scores.Single(s => s.Detector == "rate").Confusion.FalseAlarmRate, Is.LessThan(0.01), "a counter that counts on is well");
        Assert.That(scores.Select(s => s.Confusion.F1), Has.None.NaN);
    }

    [Test]
    public void Json_HoldsTheFiguresAndNullWhereThereIsNone()
    {
        var well = SeriesCorpus.Stationary(9) with { Anomalies = [.. Enumerable.Repeat(false, SeriesCorpus.Rows)], Changes = [] };
        var json = JsonNode.Parse(SeriesScoreFile.Json(SeriesScoring.Score([well], Options with { Detectors = [SeriesDetector.All[0]] })))!;
        var detector = json["detectors"]![0]!;

        Assert.That((int)json["rows"]!, Is.EqualTo(3600));
        Assert.That(detector["missed_alarm_rate"], Is.Null);
        Assert.That(detector["nab"]!["standard"], Is.Null);
        Assert.That((double)detector["false_alarm_rate"]!, Is.InRange(0, 1));
    }

    private static List<bool> Verdicts(SeriesDetector detector, LabelledSeries series)
    {
        var made = detector.Make(new(series, SeriesCorpus.TrainingRows, 1e-4));
        return [.. Enumerable.Range(0, series.Rows).Select(row => made.Next(series.Row(row), series.Times[row]))];
    }
}
