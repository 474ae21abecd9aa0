using System.Reflection;
using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Diagnostics;

public sealed partial class CodesTests
{
    [Test]
    public void Document_ComparedWithTheTable_ListsTheSameCodesAndMeanings()
    {
        var listed = RowForm().Matches(File.ReadAllText(Repository.PathOf("docs/diagnostics.md"))).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

        Assert.That(listed, Is.EqualTo(Codes.All));
    }

    [Test]
    public void Table_ComparedWithTheConstants_HasEachOnceInOrder()
    {
        var constants = typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

        Assert.That(Codes.All.Select(c => c.Code), Is.EqualTo(constants.Order(StringComparer.Ordinal)).And.Unique);
    }

    [Test]
    public void Sources_NameCodes_OnlyThroughTheTable()
    {
        var literals = new[] { "src", "sim", "firmware-interfaces" }.SelectMany(f => Directory.EnumerateFiles(Repository.PathOf(f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.EndsWith("Codes.cs", StringComparison.Ordinal))
            .Where(f => LiteralForm().IsMatch(File.ReadAllText(f)));

        Assert.That(literals, Is.Empty);
    }

    [GeneratedRegex(@"^\| (?:\[(?=RW))?(RW[0-9]{4})(?:\]\([^)]*\))? \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex RowForm();

    [GeneratedRegex("\"RW[0-9]{4}\"")]
    private static partial Regex LiteralForm();
}
