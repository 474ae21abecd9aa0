using RobotWorker.Diagnostics;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>A scene together with the robot that works in it.</summary>
public sealed record Workplace(SceneDescription Scene, RobotDescription Robot);

/// <summary>Loads a scene and its robot and holds them against each other.</summary>
public static class SceneLoader
{
    /// <param name="path">Of the scene's file.</param>
    /// <param name="readText">Gives a file's text, or null where it cannot be read.</param>
    /// <returns>Null where the bag has errors from it.</returns>
    public static Workplace? Load(string path, Func<string, string?> readText, DiagnosticBag bag)
    {
        if (readText(path) is not { } text)
        {
            bag.Error(Codes.Unreadable, new(path, 0, 0), "the file cannot be read");
            return null;
        }
        if (SceneReader.ReadWithPlaces(text, path, bag) is not var (scene, fields)) return null;
        var robotPath = Path.Combine(Path.GetDirectoryName(path) ?? "", scene.RobotFile);
        if (readText(robotPath) is not { } robotText)
        {
            bag.Error(Codes.UnreadRobot, fields.PlaceOf("robot"), $"the robot's file '{scene.RobotFile}' cannot be read", "the path is relative to the scene's own folder");
            return null;
        }
        if (RobotReader.Read(robotText, robotPath, bag) is not { } robot) return null;
        var errors = bag.All.Count(d => d.Severity == Severity.Error);
        var checkedAgain = new DiagnosticBag();
        SceneChecker.CheckRobot(scene, robot, FieldReader.Over(fields.Mapping, "a scene", checkedAgain)!);
        foreach (var d in checkedAgain.All) bag.Add(d);
        return checkedAgain.HasErrors || errors > 0 ? null : new(scene, robot);
    }

    /// <summary>From the disk.</summary>
    public static Workplace? Load(string path, DiagnosticBag bag) => Load(path, p => File.Exists(p) ? File.ReadAllText(p) : null, bag);
}
