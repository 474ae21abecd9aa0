using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Docs;

/// <summary>Every diagnostic of a document has its page, and what the page shows is so.</summary>
public sealed partial class DiagnosticPagesTests
{
    // What happens while something runs has no document that could show it.
    private static bool IsOfADocument(string code) => string.CompareOrdinal(code, Codes.NoScene) < 0;

    private static IEnumerable<string> Pages => DiagnosticPage.Codes;

    [Test]
    public void EveryCodeOfADocument_HasAPage()
    {
        Assert.That(Pages, Is.EqualTo(Codes.All.Select(c => c.Code).Where(IsOfADocument)));
    }

    [Test]
    public void EveryPage_IsLinkedFromTheIndex()
    {
        var linked = Link().Matches(File.ReadAllText(Repository.PathOf("docs/diagnostics.md"))).Select(m => m.Groups[1].Value);

        Assert.That(linked, Is.EqualTo(Pages));
    }

    [TestCaseSource(nameof(Pages))]
    public void Title_IsTheCodeWithItsMeaning(string code)
    {
        var page = DiagnosticPage.Read(code);

        Assert.That((page.Code, page.Meaning), Is.EqualTo(Codes.All.Single(c => c.Code == code)));
    }

    [TestCaseSource(nameof(Pages))]
    public void BadExample_Checked_GivesThatCodeAndNoOther(string code)
    {
        var page = DiagnosticPage.Read(code);

        var found = PageExample.Check(page.Bad).All;

        Assert.That(found.Select(d => (d.Code, d.Severity)).Distinct(), Is.EqualTo([(code, page.Severity)]), string.Join('\n', found));
    }

    [TestCaseSource(nameof(Pages))]
    public void GoodExample_Checked_GivesNothing(string code)
    {
        var found = PageExample.Check(DiagnosticPage.Read(code).Good).All;

        Assert.That(found, Is.Empty);
    }

    [GeneratedRegex(@"\(diagnostics/(RW\d{4})\.md\)")]
    private static partial Regex Link();
}
