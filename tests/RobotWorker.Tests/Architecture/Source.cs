using System.Text.RegularExpressions;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Architecture;

/// <summary>A source file of the product.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
internal sealed partial record Source(string Path, string Text)
{
    /// <summary>The text without line comments: what a comment says is not what the code does.</summary>
    public string Code { get; } = Comment().Replace(Text, "");

    /// <summary>Every C# file of the product, by path.</summary>
    public static IReadOnlyList<Source> OfTheProduct() => [.. new[] { "src", "sim", "firmware-interfaces" }
        .Select(Repository.PathOf).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(file => new Source(file, File.ReadAllText(Repository.PathOf(file))))];

    /// <summary>Lines of code that match, as <c>path:line: what</c>.</summary>
    public IEnumerable<string> Lines(Regex pattern) => Code.Split('\n')
        .Select((line, index) => (line, index))
        .Where(at => pattern.IsMatch(at.line))
        .Select(at => $"{Path}:{at.index + 1}: {pattern.Match(at.line).Value}");

    // Behind the start of a line or a blank, so that "http://" in a text stays.
    [GeneratedRegex(@"(?<=^|\s)//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
