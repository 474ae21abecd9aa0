using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>
/// Makes a perfect detector an honest one: noise on every pose, objects overlooked, now and then one that is not there (a random class of
/// the scene at a random place in the view). Each kind of error has its own stream of chance.
/// </summary>
/// <param name="kinds">The classes of the scene with their sizes, for false detections.</param>
public sealed class DetectionCorrupter(
    DetectorNoise noise, PinholeCamera camera, ImmutableArray<(string Class, Vec3 Size)> kinds, ulong seed, string episode)
{
    private readonly RandomStream shake = RandomStream.For(seed, episode, "detector/noise");
    private readonly RandomStream misses = RandomStream.For(seed, episode, "detector/miss");
    private readonly RandomStream ghosts = RandomStream.For(seed, episode, "detector/false");

    /// <summary>What is reported of what was seen in one image.</summary>
    public IReadOnlyList<Sighting> Corrupt(IReadOnlyList<Sighting> seen)
    {
        var reported = new List<Sighting>();
        foreach (var sighting in seen)
            if (misses.NextDouble() >= noise.MissRate) reported.Add(sighting with { Pose = Shaken(sighting.Pose) });
        if (!kinds.IsEmpty && ghosts.NextDouble() < noise.FalseRate) reported.Add(Ghost());
        return reported;
    }

    private Pose Shaken(Pose pose)
    {
        var turn = new Vec3(shake.Normal(noise.RotationRadians), shake.Normal(noise.RotationRadians), shake.Normal(noise.RotationRadians));
        var shift = new Vec3(shake.Normal(noise.PositionMetres), shake.Normal(noise.PositionMetres), shake.Normal(noise.PositionMetres));
        return new(pose.Position + shift, (Quat.FromAxisAngle(turn, turn.Length) * pose.Rotation).Normalized());
    }

    private Sighting Ghost()
    {
        var (kind, size) = kinds[ghosts.NextInt(kinds.Length)];
        var place = camera.Unproject(ghosts.Uniform(0, camera.Width), ghosts.Uniform(0, camera.Height), ghosts.Uniform(camera.Near, camera.Far));
        var turn = Quat.FromRpy(ghosts.Uniform(-Math.PI, Math.PI), 0, 0);
        return new(kind, new(place, turn), size, ghosts.Uniform(0.5, 0.8));
    }
}
