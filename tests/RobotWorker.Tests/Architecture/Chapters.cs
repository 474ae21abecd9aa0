using System.Text.RegularExpressions;

namespace RobotWorker.Tests.Architecture;

/// <summary>The chapters (namespaces) of src/RobotWorker in the order in which one can read them: each uses only its own line and earlier ones.</summary>
internal static partial class Chapters
{
    // Two chapters on one line are two sides of one thing: a plan's steps name skills and a skill's policy is a plan's;
    // the executor writes the journal and an episode is what it wrote.
    private static readonly string[][] Order =
    [
        ["Diagnostics", "Time", "Chance"],
        ["Motion"],
        ["World"],
        ["Plans", "Skills"],
        ["Faults"],
        ["Recovery"],
        ["Execution", "Episodes"],
        ["Experience", "Roles", "Dependability", "Telemetry"],
    ];

    /// <summary>What is wrong, as <c>path: Chapter uses Later</c>.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<Source> sources)
    {
        var wrong = new List<string>();
        foreach (var source in sources.Where(source => source.Path.StartsWith("src/RobotWorker/", StringComparison.Ordinal)))
        {
            var chapter = source.Path.Split('/')[2];
            if (Line(chapter) < 0)
            {
                wrong.Add($"{source.Path}: {chapter} is no chapter in {nameof(Chapters)}");
                continue;
            }
            wrong.AddRange(Mention().Matches(source.Code).Select(match => match.Groups[1].Value).Distinct()
                .Where(used => Line(used) > Line(chapter))
                .Select(used => $"{source.Path}: {chapter} uses {used}, which comes later"));
        }
        return wrong;
    }

    private static int Line(string chapter) => Array.FindIndex(Order, line => line.Contains(chapter));

    [GeneratedRegex(@"\bRobotWorker\.([A-Z][A-Za-z]+)")]
    private static partial Regex Mention();
}
