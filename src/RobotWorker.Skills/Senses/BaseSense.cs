using RobotWorker.Motion;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Where the base is and how fast it moves.</summary>
/// <param name="time">Our own clock. By the robot's, what waits to be taken in after a pause of ours would look lost.</param>
internal sealed class BaseSense(RobotProfile profile, SiteMap site, TransformBuffer transforms, FactGate gate, TimeProvider time)
{
    // Navigation ends within 1 cm and 1 degree; what it may roll on while it stops is some 2 cm more. A grasp is planned from where it really stands.
    private const double AtMetres = 0.04;
    private const double AtRadians = 0.06;

    // Over a wire each topic has its own way: a transform may come later than the odometry of its instant. Half a second of odometry without one is a loss.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly RobotTime Never = new(long.MinValue);

    private readonly Queue<RobotTime> waiting = new();
    private long? unlocatedSince;
    private RobotTime located = Never;
    private RobotTime told = Never;

    public RobotTime At { get; private set; } = Never;

    /// <summary>Metres a second.</summary>
    public double Speed { get; private set; }

    /// <summary>Radians a second.</summary>
    public double TurnRate { get; private set; }

    /// <summary>map_from_base at the stamp of the last odometry whose transform is known; null when there was none for half a second.</summary>
    public Pose? Pose { get; private set; }

    private bool IsLost => unlocatedSince is { } since && time.GetElapsedTime(since) > Patience;

    public void Take(Odometry message)
    {
        var stamp = message.Header.Stamp.ToRobotTime();
        if (WorldModel.IsOvertaken(stamp, At)) return;
        At = stamp;
        var twist = message.Twist.Twist;
        Speed = twist.Linear.ToVec3().LengthXY;
        TurnRate = Math.Abs(twist.Angular.Z);
        waiting.Enqueue(At);
        Locate();
        if (waiting.Count > 0) unlocatedSince ??= time.GetTimestamp();
        if (IsLost) Pose = null;
    }

    /// <summary>The same of a base that does not move: only a static transform says where it stands.</summary>
    public void Stand(RobotTime stamp)
    {
        if (WorldModel.IsOvertaken(stamp, At)) return;
        At = stamp;
        if (transforms.Lookup(profile.Frames.Map, profile.Frames.Base, stamp) is { } pose) (Pose, located) = (pose, stamp);
    }

    /// <summary>Transforms have come: where was the base at the stamps that wait for one? One whose transform was lost on the wire is passed over.</summary>
    public void Locate()
    {
        var passed = 0;
        foreach (var (place, stamp) in waiting.Index())
        {
            if (transforms.Lookup(profile.Frames.Map, profile.Frames.Base, stamp) is not { } pose) continue;
            (Pose, located, unlocatedSince, passed) = (pose, stamp, null, place + 1);
        }
        while (passed-- > 0) waiting.Dequeue();
        while (waiting.TryPeek(out var stamp) && (At - stamp).Duration() > Patience) waiting.Dequeue();
    }

    public void Tell()
    {
        if (Pose is not { } pose)
        {
            if (!IsLost) return;    // who has only just begun to listen has lost nothing yet
            gate.Post(new(Atom.Of("localized", "robot"), Truth.False, At, "localization"));
            return;
        }
        // Nothing newer is known: what was told grows old by itself. A clock that was set back is no reason for silence.
        if (located <= told && told - located <= WorldModel.ClockTolerance) return;
        told = located;
        gate.Post(new(Atom.Of("localized", "robot"), Truth.True, located, "localization"));
        foreach (var station in site.Stations)
        {
            var off = (pose.Position - station.Pose.Position).LengthXY;
            var turned = Math.Abs(Angle.Wrap(pose.Rotation.Yaw - station.Pose.Rotation.Yaw));
            var there = off <= AtMetres && turned <= AtRadians;
            gate.Post(new(
                Atom.Of("at", "robot", station.Name), there ? Truth.True : Truth.False, located, "localization",
                Evidence: $"{off:0.00} m and {turned:0.00} rad off"));
        }
    }
}
