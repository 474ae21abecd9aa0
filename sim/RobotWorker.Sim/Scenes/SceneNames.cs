using RobotWorker.Diagnostics;

namespace RobotWorker.Sim.Scenes;

/// <summary>
/// Names must not stand for two things of a plan: objects, surfaces, containers and places share one set of names. So do objects and furniture, which
/// are bodies of one model. (A surface may be named like its furniture.)
/// </summary>
internal static class SceneNames
{
    public static void Check(FieldReader scene)
    {
        NoneTwice(scene, "surfaces", "containers", "places", "objects");
        NoneTwice(scene, "furniture", "objects");
    }

    private static void NoneTwice(FieldReader scene, params string[] lists)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal) { ["robot"] = "robot", ["gripper"] = "robot", ["base_link"] = "robot" };
        foreach (var list in lists)
            foreach (var field in scene.Mapping[list] is MappingNode mapping ? mapping.Fields : [])
                if (!seen.TryAdd(field.Name, list))
                    scene.Bag.Error(Codes.NameTaken, field.Place, $"'{field.Name}' is already the name of something in '{seen[field.Name]}'", "choose another name");
    }
}
