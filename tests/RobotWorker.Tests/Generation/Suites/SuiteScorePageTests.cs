using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RobotWorker.Generation.Suites;
using static RobotWorker.Tests.Generation.Suites.Outcomes;

namespace RobotWorker.Tests.Generation.Suites;

public sealed partial class SuiteScorePageTests
{
    private readonly string _page = SuiteScorePage.Write(Whole(), tuning: false);

    [Test]
    public void Page_NeedsNothingElse() => Assert.That(_page, Does.Not.Contain("http").And.Not.Contain("<script").And.Not.Contain("<link"));

    [Test]
    public void Page_HasARowForEachFault_AndMarksWhatTheCatalogueLacks()
    {
        foreach (var code in new[] { Hot, Link, Stop, Unheard + "*" }) Assert.That(_page, Does.Contain($"<tr><td>{code}</td>"));
        Assert.That(_page, Does.Contain(SuiteWords.UnknownNote));
    }

    [Test]
    public void Page_NamesTheSeeds()
    {
        Assert.That(_page, Does.Contain("scored on seeds from 20000000, thresholds tuned on seeds from 1000000"));
        Assert.That(SuiteScorePage.Write(Whole(), tuning: true), Does.Contain("scored on the seeds that thresholds are tuned on, from 1000000"));
    }

    [Test]
    public void Page_ShowsEachBarWithItsFigure()
    {
        foreach (var bar in SuiteBars.Of(Whole())) Assert.That(_page, Does.Contain($"{bar.Text}</span></td><td><span class=\"long\">{bar.Measured}</span></td>"));
    }

    [Test]
    public void Pictures_AreWellFormed_AndNameTheirFaults()
    {
        var pictures = Picture().Matches(_page).Select(m => XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)))).ToList();

        // Success and delay, in the standard condition and in the noisy one.
        Assert.That(pictures, Has.Count.EqualTo(4));
        Assert.That(pictures.Select(p => p.Root!.Name.LocalName), Is.All.EqualTo("svg"));
        Assert.That(WordsOf(pictures[0]), Is.SupersetOf(new[] { Hot, Link, Stop, Unheard + "*", "plain retry" }));
        Assert.That(WordsOf(pictures[1]), Is.SupersetOf(new[] { Hot, Link, Stop }).And.None.StartsWith(Unheard));
    }

    [Test]
    public void Confusions_RightOnesAreBlue_WrongOnesAreNot()
    {
        Assert.That(_page, Does.Match(@"rgba\(47,111,159,0\.7\d\)"" title=""ARM_HOT named ARM_HOT"">18</td>"));
        Assert.That(_page, Does.Match(@"rgba\(196,98,45,0\.18\)"" title=""ARM_HOT named nothing"">1</td>"));
    }

    [Test]
    public void Page_WithoutRuns_StillSaysWhatIsAskedFor() => Assert.That(SuiteScorePage.Write(Score(), tuning: false), Does.Contain("no runs").And.Not.Contain("<img"));

    private static List<string> WordsOf(XDocument picture) => [.. picture.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];

    [GeneratedRegex("data:image/svg\\+xml;base64,([^\"]+)\"")]
    private static partial Regex Picture();
}
