using System.Collections.Immutable;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Scenes;

/// <summary>One world drawn from a scene.</summary>
public sealed record SceneInstance(SceneDescription Scene, ulong Seed, ImmutableArray<PlacedObject> Objects)
{
    public PlacedObject? Object(string name) => Objects.FirstOrDefault(o => o.Name == name);
}

/// <param name="Pose">Of the object's centre, in the map.</param>
/// <param name="Mass">As drawn, kilograms.</param>
/// <param name="Friction">As drawn.</param>
public sealed record PlacedObject(SceneObject Object, Pose Pose, double Mass, double Friction)
{
    public string Name => Object.Name;
}
