using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Docs;

/// <summary>One page of docs/diagnostics: a code, its severity, and a bad and a good example, each of one or more fenced blocks.</summary>
internal sealed partial record DiagnosticPage(string Code, string Meaning, Severity Severity, IReadOnlyList<DocumentBlock> Bad, IReadOnlyList<DocumentBlock> Good)
{
    public static IEnumerable<string> Codes =>
        Directory.EnumerateFiles(Repository.PathOf("docs/diagnostics"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static DiagnosticPage Read(string code)
    {
        var form = PageForm().Match(File.ReadAllText(Repository.PathOf($"docs/diagnostics/{code}.md")));
        Assert.That(form.Success, $"docs/diagnostics/{code}.md is a title '# CODE: meaning', '**Error.**' or '**Warning.**' with the text, '## Bad' and '## Good'");
        return new(form.Groups["code"].Value, form.Groups["meaning"].Value, Enum.Parse<Severity>(form.Groups["severity"].Value), Blocks(form.Groups["bad"].Value), Blocks(form.Groups["good"].Value));
    }

    private static List<DocumentBlock> Blocks(string section) => [.. Fence().Matches(section).Select(m => new DocumentBlock(m.Groups[1].Value, m.Groups[2].Value))];

    [GeneratedRegex(@"\A# (?<code>RW\d{4}): (?<meaning>[^\n]*)\n\n\*\*(?<severity>Error|Warning)\.\*\* .*?\n## Bad\n(?<bad>.*)\n## Good\n(?<good>.*)\z", RegexOptions.Singleline)]
    private static partial Regex PageForm();

    [GeneratedRegex(@"```[a-z]+ ([\w.]+)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}

/// <param name="Kind">plan, scene, robot, profile, faults, urdf, sentence, or the name of another file of a plan's.</param>
internal sealed record DocumentBlock(string Kind, string Text);
