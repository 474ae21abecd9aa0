using System.Collections.Immutable;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>Joint angles, speeds and the gripper's opening as last heard on /joint_states.</summary>
internal sealed class JointSense(RobotProfile profile)
{
    private readonly double[] arm = new double[profile.ArmJoints.Length];

    public RobotTime At { get; private set; } = new(long.MinValue);

    /// <summary>Radians, in the profile's order; a copy.</summary>
    public double[] Arm => [.. arm];

    /// <summary>Greatest arm joint speed, radians a second.</summary>
    public double FastestJoint { get; private set; }

    /// <summary>Opening between the pads, metres.</summary>
    public double GripperWidth { get; private set; } = double.NaN;

    /// <summary>Measured grip force, newtons.</summary>
    public double GripperForce { get; private set; }

    public bool HasHeard => !double.IsNaN(GripperWidth);

    public void Take(JointState message)
    {
        var fastest = 0.0;
        for (var i = 0; i < message.Name.Length; i++)
        {
            var index = profile.ArmJoints.IndexOf(message.Name[i]);
            if (index >= 0)
            {
                arm[index] = message.Position[i];
                if (i < message.Velocity.Length) fastest = Math.Max(fastest, Math.Abs(message.Velocity[i]));
            }
            else if (message.Name[i] == profile.GripperJoint)
            {
                GripperWidth = message.Position[i];
                if (i < message.Effort.Length) GripperForce = message.Effort[i];
            }
        }
        FastestJoint = fastest;
        At = message.Header.Stamp.ToRobotTime();
    }
}
