using System.Xml.Linq;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Architecture;

/// <summary>The floors of the house: a project uses only floors below its own, and some know nothing of others even so.</summary>
internal static class ProjectFloors
{
    private static readonly Dictionary<string, (int Floor, string[] KnowsNothingOf)> Table = new()
    {
        ["RobotWorker"] = (1, ["RobotWorker.Ros"]),
        ["RobotWorker.Ros"] = (1, ["RobotWorker"]),
        ["RobotWorker.MuJoCo"] = (1, ["RobotWorker", "RobotWorker.Ros"]),
        ["RobotWorker.Recording"] = (2, ["RobotWorker.MuJoCo"]),
        ["RobotWorker.Controllers"] = (2, ["RobotWorker.MuJoCo"]),
        ["RobotWorker.Skills"] = (3, ["RobotWorker.MuJoCo", "RobotWorker.Recording", "RobotWorker.Sim"]),
        ["RobotWorker.Planners"] = (3, ["RobotWorker.Ros", "RobotWorker.MuJoCo", "RobotWorker.Recording", "RobotWorker.Skills"]),
        ["RobotWorker.Sim"] = (3, ["RobotWorker.Skills", "RobotWorker.Recording"]),
        ["RobotWorker.Firmware"] = (3, ["RobotWorker.Sim", "RobotWorker.Skills"]),
        ["RobotWorker.Generation"] = (4, []),
        ["RobotWorker.Station"] = (4, ["RobotWorker.MuJoCo", "RobotWorker.Sim"]),
        ["RobotWorker.Cli"] = (5, []),
    };

    /// <summary>What is wrong with these projects and their references, one line each.</summary>
    public static IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string[]> references)
    {
        var wrong = new List<string>();
        foreach (var (project, uses) in references.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!Table.TryGetValue(project, out var own))
            {
                wrong.Add($"{project} stands on no floor: give it one in {nameof(ProjectFloors)}");
                continue;
            }
            wrong.AddRange(uses.Where(used => Table.TryGetValue(used, out var other) && other.Floor >= own.Floor)
                .Select(used => $"{project} (floor {own.Floor}) uses {used} (floor {Table[used].Floor})"));
            wrong.AddRange(Reach(project, references).Intersect(own.KnowsNothingOf, StringComparer.Ordinal)
                .Select(used => $"{project} reaches {used}, of which it should know nothing"));
        }
        return wrong;
    }

    /// <summary>The product's projects with the projects that each references; the generator runs in the compiler and is referenced by no program.</summary>
    public static IReadOnlyDictionary<string, string[]> OfTheProduct() => new[] { "src", "sim", "firmware-interfaces" }
        .Select(Repository.PathOf).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
        .Where(file => !file.EndsWith(".Generator.csproj", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), ReferencesOf);

    private static string[] ReferencesOf(string file) => [.. XDocument.Load(file).Descendants("ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))];

    private static HashSet<string> Reach(string project, IReadOnlyDictionary<string, string[]> references)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(references[project]);
        while (open.TryPop(out var next))
            if (seen.Add(next) && references.TryGetValue(next, out var further))
                foreach (var one in further) open.Push(one);
        return seen;
    }
}
