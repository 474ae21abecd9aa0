using System.Collections.Immutable;

namespace RobotWorker.Firmware.Emulation;

/// <summary>Joints that do not feel one another: inertia, friction, weight, end stops.</summary>
public sealed class RigidServoPlant : IServoPlant
{
    private const double LongestStepSeconds = 0.0005;

    private readonly ImmutableArray<RigidJoint> joints;
    private readonly double[] positions;
    private readonly double[] velocities;

    public RigidServoPlant(ImmutableArray<RigidJoint> joints)
    {
        this.joints = joints;
        positions = [.. joints.Select(joint => joint.StartRadians)];
        velocities = new double[joints.Length];
    }

    public int Joints => joints.Length;

    public ReadOnlySpan<double> Positions => positions;

    public ReadOnlySpan<double> Velocities => velocities;

    /// <summary>A person takes a joint somewhere.</summary>
    public void Place(int joint, double radians) => (positions[joint], velocities[joint]) = (radians, 0);

    public void Step(ReadOnlySpan<double> torques, double seconds)
    {
        var steps = Math.Max(1, (int)Math.Ceiling(seconds / LongestStepSeconds));
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < joints.Length; i++) Move(i, torques[i], seconds / steps);
        }
    }

    private void Move(int i, double torque, double seconds)
    {
        var joint = joints[i];
        var drive = torque - (joint.GravityNewtonMetres * Math.Cos(positions[i])) - (joint.ViscousNewtonMetreSeconds * velocities[i]);

        // Friction takes speed away until there is none, and then holds.
        var free = velocities[i] + (drive / joint.InertiaKilogramSquareMetres * seconds);
        var brake = joint.CoulombNewtonMetres / joint.InertiaKilogramSquareMetres * seconds;
        velocities[i] = Math.Abs(free) <= brake ? 0 : free - (Math.Sign(free) * brake);
        positions[i] += velocities[i] * seconds;
        if (positions[i] >= joint.MinRadians && positions[i] <= joint.MaxRadians) return;
        positions[i] = Math.Clamp(positions[i], joint.MinRadians, joint.MaxRadians);
        velocities[i] = 0;
    }
}
