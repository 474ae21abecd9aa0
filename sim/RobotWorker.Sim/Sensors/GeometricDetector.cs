using System.Collections.Immutable;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>The name of the object that a ray from a point in <c>map</c> towards another meets first; null for anything else or nothing.</summary>
public delegate string? FirstHit(Vec3 from, Vec3 towards);

/// <summary>
/// The ideal detector: what lies in the camera's view and is not hidden. Rays go from the camera to points spread through each object;
/// it is seen when enough of them meet it first. Noise, misses and false alarms are the corrupter's.
/// </summary>
public sealed class GeometricDetector(PinholeCamera camera)
{
    /// <summary>The share of an object that must be seen.</summary>
    public const double LeastVisible = 0.3;

    /// <summary>Points lie inside the shape at this part of the half size: corners of a box of 0.6 are inside a cylinder (0.707) and nearly a ball.</summary>
    private const double Inset = 0.6;

    private static readonly ImmutableArray<Vec3> Points =
    [
        new(0, 0, 0),
        new(1, 0, 0), new(-1, 0, 0), new(0, 1, 0), new(0, -1, 0), new(0, 0, 1), new(0, 0, -1),
        new(1, 1, 1), new(1, 1, -1), new(1, -1, 1), new(1, -1, -1), new(-1, 1, 1), new(-1, 1, -1), new(-1, -1, 1), new(-1, -1, -1),
    ];

    /// <summary>What the camera makes out, in the order of <paramref name="objects"/>.</summary>
    /// <param name="mapFromCamera">The optical frame in <c>map</c>.</param>
    public IReadOnlyList<Sighting> Look(Pose mapFromCamera, IReadOnlyList<SensedObject> objects, FirstHit ray)
    {
        var cameraFromMap = mapFromCamera.Inverse();
        var seen = new List<Sighting>();
        foreach (var thing in objects)
        {
            if (!camera.Sees(cameraFromMap.Apply(thing.Pose.Position))) continue;
            var share = Visible(mapFromCamera.Position, cameraFromMap, thing, ray);
            if (share >= LeastVisible) seen.Add(new(thing.Class, cameraFromMap * thing.Pose, thing.Size, 0.6 + (0.4 * share)));
        }
        return seen;
    }

    private double Visible(Vec3 eye, Pose cameraFromMap, SensedObject thing, FirstHit ray)
    {
        var hits = 0;
        foreach (var p in Points)
        {
            var point = thing.Pose.Apply(new Vec3(p.X * thing.Size.X, p.Y * thing.Size.Y, p.Z * thing.Size.Z) * (Inset / 2));
            if (camera.Sees(cameraFromMap.Apply(point)) && ray(eye, point) == thing.Body) hits++;
        }
        return hits / (double)Points.Length;
    }
}
