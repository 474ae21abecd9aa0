using RobotWorker.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Corpus;

/// <summary>
/// A broken document and what must be said of it: its first line is <c># expect: RW0014 12:7, RW0016 14:3</c>, or <c># expect: nothing</c>.
/// JSON has no comments: there the line stands in a file beside it, <c>x.json.expect</c>.
/// </summary>
public sealed record CorpusFile(string Path)
{
    private const string Marker = "# expect:";

    /// <summary>The files in a folder of the corpus, such as <c>plans</c>, one test case each.</summary>
    public static IEnumerable<TestCaseData<CorpusFile>> In(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf($"tests/RobotWorker.Tests/Corpus/{folder}"))
            .Where(f => System.IO.Path.GetExtension(f) is ".yaml" or ".json")
            .Order(StringComparer.Ordinal)
            .Select(f => new TestCaseData<CorpusFile>(new CorpusFile(f)).SetArgDisplayNames($"{folder}/{System.IO.Path.GetFileName(f)}"));

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text => File.ReadAllText(Path);

    /// <summary>Fails unless exactly the expected codes stand at exactly the expected places, in any order.</summary>
    public void AssertDiagnostics(DiagnosticBag bag)
    {
        var found = bag.All.Select(d => $"{d.Code} {d.Place.Line}:{d.Place.Column}").Order(StringComparer.Ordinal);
        Assert.That(found, Is.EqualTo(Expected().Order(StringComparer.Ordinal)), string.Join('\n', bag.All));
        Assert.That(bag.All.Select(d => d.Code).Distinct(), Is.SubsetOf(Codes.All.Select(c => c.Code)));
    }

    private string[] Expected()
    {
        var beside = Path + ".expect";
        var line = File.ReadLines(File.Exists(beside) ? beside : Path).First();
        Assert.That(line, Does.StartWith(Marker), $"{Path} must begin with what is expected of it");
        var expected = line[Marker.Length..].Trim();
        return expected == "nothing" ? [] : expected.Split(", ");
    }
}
