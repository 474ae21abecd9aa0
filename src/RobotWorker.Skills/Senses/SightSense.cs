using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What detections tell of the camera: <c>camera.change</c>, how far a detection has moved in the picture's frame since the picture before, metres, the farthest of them: exactly 0 is the same picture
/// again; <c>camera.still</c>, 1 while the camera stands and nothing in the picture need move, else 0; <c>camera.scatter</c>, how far the things lie from where they were in the nearer of
/// the two pictures before, the median, while the camera stands.
/// </summary>
/// <remarks>A thing that is overlooked while another is taken for it, once, is away and back again: two changes, but no two scatterings.</remarks>
internal sealed class SightSense(Action<Sample> samples)
{
    // Slower than this a robot stands: encoders and odometry are noisy.
    private const double StillRadiansPerSecond = 0.05, StillMetresPerSecond = 0.03;

    // What seems to have moved farther while everything stands is another thing, or none: a detector sees one now and then.
    private const double MostScatter = 0.12;

    // Over a longer gap everything may have moved.
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(0.3);

    // Pictures come ten times a second, joints more often: over a wire each has its own way, and what one tells of another time says nothing of the picture.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(0.2);

    // Of a joint that is told of no more nobody knows whether it moves.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(0.1);

    // When a joint was last told to move. Arm and head may be told of in messages of their own, each of which says nothing of the other.
    private readonly Dictionary<string, RobotTime> moved = new(StringComparer.Ordinal);
    // By frame the one that it is fixed in; and those that move in another one.
    private readonly Dictionary<string, string> fixedIn = new(StringComparer.Ordinal);
    private readonly HashSet<string> moving = new(StringComparer.Ordinal);
    private Dictionary<string, Vec3> before = [], beforeThat = [];
    private RobotTime last, jointsAt;
    private RobotTime? baseAt;      // null: nobody tells of a base, which then stands
    private HashSet<string> arm = new(StringComparer.Ordinal);
    private bool armIsStill, othersAreStill, baseIsStill, stood, cameraStood, cameraMoved;

    /// <summary>Whose joints the arm's controller moves: the camera is on none of them.</summary>
    public void Take(JointTrajectoryControllerState message)
    {
        if (arm.Count != message.JointNames.Length) arm = message.JointNames.ToHashSet(StringComparer.Ordinal);
    }

    public void Take(TFMessage message, bool isStatic)
    {
        foreach (var transform in message.Transforms)
        {
            if (isStatic) fixedIn[transform.ChildFrameId] = transform.Header.FrameId;
            else moving.Add(transform.ChildFrameId);
        }
    }

    public void Take(JointState message)
    {
        jointsAt = message.Header.Stamp.ToRobotTime();
        for (var i = 0; i < message.Velocity.Length; i++)
        {
            var name = i < message.Name.Length ? message.Name[i] : "";
            if (Math.Abs(message.Velocity[i]) > StillRadiansPerSecond) moved[name] = jointsAt;
            else moved.Remove(name);
        }
        (armIsStill, othersAreStill) = (true, true);
        foreach (var (name, at) in moved)
        {
            if ((jointsAt - at).Duration() > Silent) continue;
            if (arm.Contains(name)) armIsStill = false;
            else othersAreStill = false;
        }
    }

    public void Take(Odometry message)
    {
        baseIsStill = message.Twist.Twist.Linear.ToVec3().LengthXY <= StillMetresPerSecond && Math.Abs(message.Twist.Twist.Angular.Z) <= StillRadiansPerSecond;
        baseAt = message.Header.Stamp.ToRobotTime();
    }

    public void Take(Detection3DArray message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        var seen = new Dictionary<string, Vec3>(StringComparer.Ordinal);
        var changes = new List<double>();
        var scatters = new List<double>();
        foreach (var detection in message.Detections)
            foreach (var result in detection.Results)
            {
                var position = result.Pose.Pose.Position.ToVec3();
                // Of two of one class nobody knows which is which.
                if (!seen.TryAdd(result.Hypothesis.ClassId, position)) continue;
                if (!before.TryGetValue(result.Hypothesis.ClassId, out var was)) continue;
                var change = (position - was).Length;
                changes.Add(change);
                scatters.Add(beforeThat.TryGetValue(result.Hypothesis.ClassId, out var wasThen) ? Math.Min(change, (position - wasThen).Length) : change);
            }
        var follows = at > last && at - last <= Gap;
        (beforeThat, before, last) = (follows ? before : [], seen, at);
        var isKnown = (at - jointsAt).Duration() <= Together && (baseAt is not { } told || (at - told).Duration() <= Together);
        var cameraStands = isKnown && (StandsForGood(message.Header.FrameId) || (othersAreStill && (baseIsStill || baseAt is null)));
        var cameraMoves = isKnown && !cameraStands;
        var stands = cameraStands && armIsStill;
        samples(new("camera.still", cameraMoves && cameraMoved ? 0 : 1, at));
        if (follows && changes.Count > 0)
        {
            samples(new("camera.change", changes.Max(), at));
            // Of several things the hand moves one at most; a single one may be that.
            if (cameraStands && cameraStood && (scatters.Count > 1 || (stands && stood))) samples(new("camera.scatter", Math.Min(Median(scatters), MostScatter), at));
        }
        (stood, cameraStood, cameraMoved) = (stands, cameraStands, cameraMoves);
    }

    /// <summary>A camera on a wall: whatever moves, it does not.</summary>
    private bool StandsForGood(string frame)
    {
        var parent = fixedIn.GetValueOrDefault(frame);
        // A tree of frames has no more floors than frames; what says otherwise is no tree.
        for (var floors = 0; parent is not null && floors <= fixedIn.Count; floors++)
        {
            if (moving.Contains(frame)) return false;
            (frame, parent) = (parent, fixedIn.GetValueOrDefault(parent));
            if (parent is null) return !moving.Contains(frame);
        }
        return false;
    }

    // The lower one of two: the hand may hold the other.
    private static double Median(List<double> metres)
    {
        metres.Sort();
        return metres[(metres.Count - 1) / 2];
    }
}
