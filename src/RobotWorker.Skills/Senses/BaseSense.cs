using RobotWorker.Motion;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Where the base is and how fast it moves.</summary>
internal sealed class BaseSense(RobotProfile profile, SiteMap site, TransformBuffer transforms, FactGate gate)
{
    // Navigation ends within 1 cm and 1 degree; what it may roll on while it stops is some 2 cm more. A grasp is planned from where it really stands.
    private const double AtMetres = 0.04;
    private const double AtRadians = 0.06;

    public RobotTime At { get; private set; } = new(long.MinValue);

    /// <summary>Metres a second.</summary>
    public double Speed { get; private set; }

    /// <summary>Radians a second.</summary>
    public double TurnRate { get; private set; }

    /// <summary>map_from_base at the last odometry's stamp.</summary>
    public Pose? Pose { get; private set; }

    public void Take(Odometry message)
    {
        At = message.Header.Stamp.ToRobotTime();
        var twist = message.Twist.Twist;
        Speed = twist.Linear.ToVec3().LengthXY;
        TurnRate = Math.Abs(twist.Angular.Z);
        Pose = transforms.Lookup(profile.Frames.Map, profile.Frames.Base, At);
    }

    public void Tell()
    {
        gate.Post(new(Atom.Of("localized", "robot"), Pose is null ? Truth.False : Truth.True, At, "localization"));
        if (Pose is not { } pose) return;
        foreach (var station in site.Stations)
        {
            var off = (pose.Position - station.Pose.Position).LengthXY;
            var turned = Math.Abs(Angle.Wrap(pose.Rotation.Yaw - station.Pose.Rotation.Yaw));
            var there = off <= AtMetres && turned <= AtRadians;
            gate.Post(new(
                Atom.Of("at", "robot", station.Name), there ? Truth.True : Truth.False, At, "localization",
                Evidence: $"{off:0.00} m and {turned:0.00} rad off"));
        }
    }
}
