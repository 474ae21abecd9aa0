using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>The share (0 to 1) of an object, by its simulator's name, that is in free sight of a point in <c>map</c>.</summary>
public delegate double VisibleShare(Vec3 eye, string body);

/// <summary>
/// The ideal detector: what lies in the camera's view and is not hidden. Rays from the camera to points spread over the object say how
/// much of it is in free sight. Noise, misses and false alarms are the corrupter's.
/// </summary>
public sealed class GeometricDetector(PinholeCamera camera)
{
    /// <summary>The share of an object that must be in free sight.</summary>
    public const double LeastVisible = 1.0 / 3;

    /// <summary>What the camera makes out, in the order of <paramref name="objects"/>.</summary>
    /// <param name="mapFromCamera">The optical frame in <c>map</c>.</param>
    public IReadOnlyList<Sighting> Look(Pose mapFromCamera, IReadOnlyList<SensedObject> objects, VisibleShare sight)
    {
        var cameraFromMap = mapFromCamera.Inverse();
        var seen = new List<Sighting>();
        foreach (var thing in objects)
        {
            if (!camera.Sees(cameraFromMap.Apply(thing.Pose.Position))) continue;
            var share = sight(mapFromCamera.Position, thing.Body);
            if (share >= LeastVisible) seen.Add(new(thing.Class, cameraFromMap * thing.Pose, thing.Size, 0.6 + (0.4 * share)));
        }
        return seen;
    }
}
