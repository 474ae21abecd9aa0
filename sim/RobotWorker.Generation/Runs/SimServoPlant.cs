using System.Collections.Immutable;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// A simulated robot's arm and gripper as the joints that emulated servos move. The jaw's servo turns, and the pads slide: its torque is the force between them by what both do in a small motion
/// (torque times angle is force times width).
/// </summary>
/// <param name="arm">As many joints as the robot's arm has, in the same order.</param>
internal sealed class SimServoPlant(SimWorld world, SerialArmDescription arm) : IServoPlant
{
    private readonly double[] positions = new double[arm.Servos.Length], velocities = new double[arm.Servos.Length];

    public int Joints => positions.Length;

    public ReadOnlySpan<double> Positions => positions;

    public ReadOnlySpan<double> Velocities => velocities;

    /// <summary>Metres between the pads for each radian of the jaw.</summary>
    private double MetresARadian => arm.Gripper is { } jaw ? jaw.OpeningMetres / (jaw.OpenRadians - jaw.ClosedRadians) : 1;

    /// <summary>Why this arm's servos cannot move that robot's joints; null: they can.</summary>
    public static string? WhyNot(SerialArmDescription arm, ImmutableArray<string> joints)
    {
        ImmutableArray<string> named = [.. arm.Joints.Select(j => j.Servo.Name)];
        if (!named.SequenceEqual(joints)) return $"its joints are {string.Join(", ", named)}, and the robot's {string.Join(", ", joints)}";
        return arm.Gripper is { Servo.Name: "gripper_joint" } ? null : "it needs a gripper by the name 'gripper_joint'";
    }

    /// <summary>A person supports the arm until its servos hold it: then their torques count.</summary>
    public bool IsSupported { get; set; } = true;

    /// <summary>Feels where the joints are now.</summary>
    public void Feel()
    {
        var joints = arm.Joints.Length;
        world.Arm.Positions.CopyTo(positions);
        world.Arm.Velocities.CopyTo(velocities);
        if (arm.Gripper is null) return;
        (positions[joints], velocities[joints]) = (arm.Gripper.RadiansOf(world.Gripper.Width), world.Gripper.Velocity / MetresARadian);
    }

    /// <summary>The torques hold until the next: the simulator lets time pass.</summary>
    public void Step(ReadOnlySpan<double> torques, double seconds)
    {
        if (IsSupported) return;
        var joints = arm.Joints.Length;
        world.Arm.SetTorques(torques[..joints]);
        if (arm.Gripper is not null) world.Gripper.SetForce(torques[joints] / MetresARadian);
    }
}
