using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Motion;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Docs;

/// <summary>
/// Checks an example of a page as the command would. A plan is for the kitchen, and for the profile that stands with it, if one does; of a scene or robot the page
/// shows the sections that differ from the shipped kitchen or porter.
/// </summary>
internal static partial class PageExample
{
    private const string Kitchen = "sim/scenes/kitchen.yaml";
    private const string Porter = "sim/robots/porter.yaml";

    public static DiagnosticBag Check(IReadOnlyList<DocumentBlock> blocks)
    {
        var bag = new DiagnosticBag();
        var folder = Directory.CreateTempSubdirectory("page ").FullName;
        try
        {
            foreach (var block in blocks) Write(folder, block);
            Check(folder, blocks, bag);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return bag;
    }

    private static void Check(string folder, IReadOnlyList<DocumentBlock> blocks, DiagnosticBag bag)
    {
        var main = blocks[0];
        switch (main.Kind)
        {
            case "plan":
                DocumentCheck.Check(FileOf(folder, main), Repository.PathOf(Kitchen), blocks.FirstOrDefault(b => b.Kind == "profile") is { } profile ? FileOf(folder, profile) : null, bag);
                break;
            case "sentence":
                var scene = blocks.FirstOrDefault(b => b.Kind == "scene") is { } own ? FileOf(folder, own) : Repository.PathOf(Kitchen);
                Instruction.Read(main.Text, JobReader.ReadScene(scene, new())!, bag, out _);
                break;
            case "urdf":
                Urdf.Parse(main.Text, "robot.urdf", bag);
                break;
            default:
                DocumentCheck.Check(FileOf(folder, main), null, null, bag);
                break;
        }
    }

    private static string FileOf(string folder, DocumentBlock block) => Path.Combine(folder, block.Kind switch
    {
        "scene" => "scenes/kitchen.yaml",
        "robot" => "robots/porter.yaml",
        "plan" or "profile" or "faults" or "arm" => block.Kind + ".yaml",
        _ => block.Kind,
    });

    private static void Write(string folder, DocumentBlock block)
    {
        var file = FileOf(folder, block);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, block.Kind switch
        {
            "scene" => Replaced(File.ReadAllText(Repository.PathOf(Kitchen)), block.Text),
            "robot" => Replaced(File.ReadAllText(Repository.PathOf(Porter)), block.Text),
            _ => block.Text,
        });
        if (block.Kind != "scene") return;
        Directory.CreateDirectory(Path.Combine(folder, "robots"));
        File.Copy(Repository.PathOf(Porter), Path.Combine(folder, "robots/porter.yaml"));
    }

    /// <summary>A document with some of its top sections replaced by those of an excerpt.</summary>
    private static string Replaced(string document, string excerpt)
    {
        var sections = Section().Matches(document + "\n").ToDictionary(m => m.Groups[1].Value, m => m.Value);
        foreach (Match section in Section().Matches(excerpt + "\n")) sections[section.Groups[1].Value] = section.Value;
        return string.Concat(sections.Values);
    }

    [GeneratedRegex(@"^(\w+):.*\n(?:(?!\w+:).*\n)*", RegexOptions.Multiline)]
    private static partial Regex Section();
}
