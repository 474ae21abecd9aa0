using System.Collections.Immutable;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Joint angles, speeds and the gripper's opening as last heard on /joint_states.</summary>
internal sealed class JointSense(RobotProfile profile)
{
    private readonly double[] arm = new double[profile.ArmJoints.Length];

    /// <summary>When the gripper was last heard.</summary>
    public RobotTime At { get; private set; } = new(long.MinValue);

    /// <summary>When the arm was last heard: a robot may tell of arm and gripper in messages of their own.</summary>
    public RobotTime ArmAt { get; private set; } = new(long.MinValue);

    /// <summary>Radians, in the profile's order; a copy.</summary>
    public double[] Arm => [.. arm];

    /// <summary>Greatest arm joint speed, radians a second.</summary>
    public double FastestJoint { get; private set; }

    /// <summary>Opening between the pads, metres.</summary>
    public double GripperWidth { get; private set; } = double.NaN;

    /// <summary>Measured grip force, newtons.</summary>
    public double GripperForce { get; private set; }

    public bool HasHeard => !double.IsNaN(GripperWidth);

    public bool HasHeardArm => ArmAt.Nanoseconds != long.MinValue;

    public void Take(JointState message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        double? fastest = null;
        // ROS lets a message leave positions out; of what is left out nothing is told.
        for (var i = 0; i < Math.Min(message.Name.Length, message.Position.Length); i++)
        {
            if (!double.IsFinite(message.Position[i])) continue;
            var index = profile.ArmJoints.IndexOf(message.Name[i]);
            if (index >= 0)
            {
                if (WorldModel.IsOvertaken(at, ArmAt)) continue;
                arm[index] = message.Position[i];
                fastest = Math.Max(fastest ?? 0, i < message.Velocity.Length ? Math.Abs(message.Velocity[i]) : 0);
            }
            else if (message.Name[i] == profile.GripperJoint)
            {
                if (WorldModel.IsOvertaken(at, At)) continue;
                At = at;
                GripperWidth = message.Position[i];
                if (i < message.Effort.Length) GripperForce = message.Effort[i];
            }
        }
        if (fastest is not { } heard) return;
        (FastestJoint, ArmAt) = (heard, at);
    }
}
