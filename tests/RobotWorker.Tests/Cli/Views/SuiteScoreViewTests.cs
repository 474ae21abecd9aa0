using RobotWorker.Cli.Views;
using RobotWorker.Generation.Suites;
using static RobotWorker.Tests.Generation.Suites.Outcomes;

namespace RobotWorker.Tests.Cli.Views;

public sealed class SuiteScoreViewTests
{
    private readonly string[] _lines = Print(Whole(), tuning: false);

    [Test]
    public void View_BeginsWithTheSeeds() =>
        Assert.That(_lines[0], Is.EqualTo("arms and links: scored on seeds from 20000000, thresholds tuned on seeds from 1000000"));

    [Test]
    public void View_HasALineForEachFault()
    {
        Assert.That(Cells(Hot), Is.EqualTo([Hot, "20", "18/20", "1.5/1.5 s", "1", "1", "0", "19/20", "-", "0/20", "0/20", "5/20"]));
        Assert.That(Cells(Link), Is.EqualTo([Link, "20", "20/20", "100/100 ms", "0", "0", "0", "20/20", "13.0/13.0 s", "0/20", "0/20", "-"]));
        Assert.That(Cells(Stop), Is.EqualTo([Stop, "20", "20/20", "40/40 ms", "0", "0", "0", "asks", "-", "20/20", "-", "-"]));
        Assert.That(Cells(Unheard + "*"), Is.EqualTo([Unheard + "*", "1", "-", "-", "1", "0", "0", "1/1", "-", "0/1", "-", "-"]));
        Assert.That(_lines, Has.One.EqualTo(SuiteWords.UnknownNote));
    }

    [Test]
    public void View_SaysWhatAConditionIs_AndItsFalseAlarms()
    {
        Assert.That(_lines, Has.One.EqualTo("noisy: sensor noise ×2, sensor rate ×1, messages at once, /diagnostics heard, fault magnitudes as tuned on"));
        Assert.That(_lines, Has.One.EqualTo("  false alarms  0 in 30.3 h, at most 0.10 an hour (95 %)"));
        Assert.That(_lines, Has.One.EqualTo("  false alarms  1 in 5.0 h, at most 0.94 an hour (95 %): LINK_LOST 1"));
    }

    [Test]
    public void View_ListsOnlyConfusionsThatAreNotRight()
    {
        Assert.That(_lines.Where(l => l.StartsWith($"  {Hot} ", StringComparison.Ordinal)).Select(Squeezed), Is.EqualTo(["ARM_HOT nothing 1", "ARM_HOT TOPIC_STALE 1", "ARM_HOT nothing 1"]));
        Assert.That(_lines, Has.None.StartsWith($"  {Link} "));
    }

    [Test]
    public void View_EndsWithTheBars()
    {
        var bars = _lines[^9..];

        Assert.That(bars[0], Does.Match(@"^  met +97\.5 % \(39 of 40 runs; 2 of 2 faults count\) +faults that a machine"));
        Assert.That(bars[2], Does.Match("^  NOT MET  4, 3 of them as often; 61 times in all +at least 25 faults"));
    }

    private string[] Cells(string code) => [.. _lines.First(l => l.StartsWith(code + " ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string[] Print(SuiteScore score, bool tuning)
    {
        using var text = new StringWriter();
        SuiteScoreView.Print(text, score, tuning);
        return text.ToString().TrimEnd().Split('\n');
    }
}
