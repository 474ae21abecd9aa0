using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Scenes;

/// <summary>Draws one world from a scene: the same seed gives the same world.</summary>
public static class SceneSampler
{
    private const int MostTries = 1000;

    /// <exception cref="InvalidOperationException">The ranges leave no room; <see cref="SceneReader"/> reports what can be known beforehand.</exception>
    public static SceneInstance Sample(SceneDescription scene, ulong seed)
    {
        var placed = ImmutableArray.CreateBuilder<PlacedObject>(scene.Objects.Length);
        foreach (var o in scene.Objects)
        {
            // A stream for each object: one more object changes nothing for the others.
            var chance = RandomStream.For(seed, scene.Name, $"scene/{o.Name}");
            var mass = o.Mass * chance.Uniform(1 - scene.Variation.Mass, 1 + scene.Variation.Mass);
            var friction = o.Friction * chance.Uniform(1 - scene.Variation.Friction, 1 + scene.Variation.Friction);
            placed.Add(new(o, Place(scene, o, placed, chance), mass, friction));
        }
        return new(scene, seed, placed.ToImmutable());
    }

    private static Pose Place(SceneDescription scene, SceneObject o, IReadOnlyList<PlacedObject> others, RandomStream chance)
    {
        var surface = scene.Surface(o.On) ?? throw new InvalidOperationException($"scene '{scene.Name}' has no surface '{o.On}'");
        for (var tried = 0; tried < MostTries; tried++)
        {
            var at = new Vec3(chance.Uniform(o.X.Low, o.X.High), chance.Uniform(o.Y.Low, o.Y.High), o.Size.Z / 2);
            var pose = surface.Pose * new Pose(at, Quat.FromYaw(chance.Uniform(o.Yaw.Low, o.Yaw.High)));
            if (others.All(other => IsClear(scene, o, pose, other))) return pose;
        }
        throw new InvalidOperationException($"no room for '{o.Name}' on '{o.On}' after {MostTries} tries; widen its ranges in scene '{scene.Name}'");
    }

    private static bool IsClear(SceneDescription scene, SceneObject o, Pose pose, PlacedObject other) =>
        (pose.Position - other.Pose.Position).LengthXY >= o.Radius + other.Object.Radius + scene.Variation.Clearance;
}
