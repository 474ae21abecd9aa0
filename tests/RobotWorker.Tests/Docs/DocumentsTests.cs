using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes.Audit;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Docs;

/// <summary>What README and docs point at is there, and what they show is right.</summary>
public sealed partial class DocumentsTests
{
    private static IEnumerable<string> Documents => Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
        .Append(Repository.PathOf("README.md"))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Documents))]
    public void Links_RelativeOnes_LeadToFiles(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;

        var dead = Link().Matches(Text(document)).Select(m => m.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));

        Assert.That(dead, Is.Empty);
    }

    [TestCaseSource(nameof(Documents))]
    public void Paths_OfTheRepositoryInBackticks_Exist(string document)
    {
        var missing = RepositoryPath().Matches(Text(document)).Select(m => m.Groups[1].Value).Where(path => !Path.Exists(Repository.PathOf(path)));

        Assert.That(missing, Is.Empty);
    }

    [TestCaseSource(nameof(Documents))]
    public void Commands_OfTheLauncherWithFiles_NameFilesThatExist(string document)
    {
        var missing = LauncherFile().Matches(Text(document)).Select(m => m.Groups[1].Value).Where(path => !Path.Exists(Repository.PathOf(path)));

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void PlanFormat_ItsExample_IsAPlanWithoutFindingsForTheKitchen()
    {
        var bag = new DiagnosticBag();
        var example = Example().Match(Text("docs/plan-format.md")).Groups[1].Value;

        var plan = PlanReader.Read(example, "docs/plan-format.md", bag);
        var scene = JobReader.ReadScene(Repository.PathOf($"docs/{plan?.Simulation?.Scene}"), bag);
        if (plan is not null && scene is not null) JobReader.Join(plan, scene, [], new("plan-format.yaml", example), bag);

        Assert.That(bag.All, Is.Empty);
        Assert.That(plan?.Id, Is.EqualTo("cups-to-the-shelf"));
    }

    [Test]
    public void SafeRetry_ItsInvariants_AreThoseOfTheAudit() =>
        Assert.That(SafetyAudit.All.Select(i => $"| {i.Name} | {i.Statement} |"), Is.SubsetOf(Text("docs/safe-retry.md").Split('\n')));

    [Test]
    public void Decisions_EachFile_IsListed()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("docs/adr"), "0*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.That(Link().Matches(Text("docs/adr/README.md")).Select(m => m.Groups[1].Value), Is.EqualTo(files));
    }

    private static string Text(string document) => File.ReadAllText(Repository.PathOf(document));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // `src/...`, `sim/...`, `tests/...`, `tools/...`, `docs/...`: a file or folder from the root. A name with "..." or capitals for a placeholder is none.
    [GeneratedRegex(@"`((?:src|sim|tests|tools|docs)/[A-Za-z0-9_./-]*[A-Za-z0-9_])/?`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\./robotworker (?:run|check) ((?:sim|docs|tests)/\S*\w)")]
    private static partial Regex LauncherFile();

    [GeneratedRegex("```yaml\n(plan: .*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
