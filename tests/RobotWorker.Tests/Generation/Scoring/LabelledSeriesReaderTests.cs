using CsCheck;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Scoring;

namespace RobotWorker.Tests.Generation.Scoring;

public sealed class LabelledSeriesReaderTests
{
    [TestCase(';')]
    [TestCase(',')]
    [TestCase('\t')]
    public void Separator_IsFoundInTheHeader(char separator)
    {
        var series = Read("""
            datetime;temperature;Volume Flow;anomaly;changepoint
            2020-03-09 10:14:33;79.5;32.0;0.0;0.0
            2020-03-09 10:14:34;-1e-3;31.5;1.0;1.0

            """.Replace(';', separator))!;

        Assert.That(series.Columns, Is.EqualTo(["temperature", "Volume Flow"]));
        Assert.That(series.Values, Is.EqualTo([79.5, 32, -0.001, 31.5]));
        Assert.That((series.Times[1] - series.Times[0]).TotalSeconds, Is.EqualTo(1));
        Assert.That(series.Anomalies, Is.EqualTo([false, true]));
        Assert.That(series.Changes, Is.EqualTo([1]));
    }

    [Test]
    public void Columns_MayStandAnywhereAndTimesBeSecondsOrMissing()
    {
        var withTime = Read("anomaly,time,\"a, in \"\"mm\"\"\"\n0,1.5,3\n1,1.75,\"4\"")!;
        var without = Read("a,anomaly\n3,0\n4,1\n5,1\n6,0")!;

        Assert.That(withTime.Columns, Is.EqualTo(["a, in \"mm\""]));
        Assert.That(withTime.Times.Select(t => t.Seconds), Is.EqualTo([1.5, 1.75]));
        Assert.That(without.Times.Select(t => t.Seconds), Is.EqualTo([0, 1, 2, 3]), "one a second");
        Assert.That(without.Changes, Is.EqualTo([1, 3]), "both ends of the labelled stretch");
    }

    [TestCase("", "RW0004 s.csv:1:1", TestName = "NoHeader")]
    [TestCase("a", "RW0012 s.csv:1:1", TestName = "OneColumn")]
    [TestCase("a;b\n1;0", "RW0004 s.csv:1:1", TestName = "NoLabels")]
    [TestCase("time;anomaly\n1;0", "RW0004 s.csv:1:1", TestName = "NoValues")]
    [TestCase("a;anomaly", "RW0004 s.csv:2:1", TestName = "NoRows")]
    [TestCase("a;b;A;anomaly\n1;2;3;0", "RW0002 s.csv:1:5", TestName = "ColumnTwice")]
    [TestCase("a;b;anomaly\n1;2;0\n1;two;0", "RW0006 s.csv:3:3", TestName = "Text")]
    [TestCase("a;b;anomaly\n1;2;0\n1;2,5;0", "RW0006 s.csv:3:3", TestName = "DecimalComma")]
    [TestCase("a;b;anomaly\n1;NaN;0", "RW0006 s.csv:2:3", TestName = "NotANumber")]
    [TestCase("a;b;anomaly\n1;;0", "RW0004 s.csv:2:3", TestName = "Empty")]
    [TestCase("a;b;anomaly\n1;2;0.5", "RW0009 s.csv:2:5", TestName = "LabelInBetween")]
    [TestCase("a;b;anomaly\n1;2", "RW0012 s.csv:2:3", TestName = "RowTooShort")]
    [TestCase("a;b;anomaly\n1;2;0\n\n1;2;0", "RW0012 s.csv:3:1", TestName = "EmptyLineInBetween")]
    [TestCase("a;anomaly\n\"1;0", "RW0003 s.csv:2:1", TestName = "QuoteNotClosed")]
    [TestCase("time;a;anomaly\nnoon;1;0", "RW0003 s.csv:2:1", TestName = "NoTime")]
    [TestCase("time;a;anomaly\n1583748873000;1;0", "RW0007 s.csv:2:1", TestName = "Milliseconds")]
    [TestCase("time;a;anomaly\n5;1;0\n4;1;0", "RW0007 s.csv:3:1", TestName = "TimeGoesBack")]
    public void BadFile_IsRefusedWithLineAndColumn(string text, string found)
    {
        var bag = new DiagnosticBag();

        Assert.That(LabelledSeriesReader.Read(new StringReader(text), "s.csv", bag), Is.Null);
        Assert.That(bag.All[0].ToString(), Does.StartWith(found + ":"));
    }

    [Test]
    public void BadFile_WithTheSameMistakeInEveryRow_DoesNotFillTheScreen()
    {
        var bag = new DiagnosticBag();
        LabelledSeriesReader.Read(new StringReader("a;anomaly\n" + string.Concat(Enumerable.Repeat("x;0\n", 1000))), "s.csv", bag);

        Assert.That(bag.All, Has.Count.LessThan(10));
    }

    [Test]
    public void RandomText_IsNeverAnException() =>
        Gen.Char[";,\n\"a10.e-\t"].Array[0, 60].Select(c => new string(c)).Sample(text =>
        {
            var bag = new DiagnosticBag();
            Assert.That(LabelledSeriesReader.Read(new StringReader("x;anomaly\n" + text), "s.csv", bag) is null, Is.EqualTo(bag.HasErrors));
        }, iter: 5000);

    private static LabelledSeries? Read(string text)
    {
        var bag = new DiagnosticBag();
        var series = LabelledSeriesReader.Read(new StringReader(text), "s.csv", bag);
        Assert.That(bag.All, Is.Empty);
        return series;
    }
}
