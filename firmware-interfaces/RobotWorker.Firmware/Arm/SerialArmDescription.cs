using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>An arm of servos on one bus, as its file says it (docs/serial-arm.md).</summary>
/// <param name="PeriodSeconds">Of the control loop: 5 to 20 ms.</param>
/// <param name="Joints">From the base on.</param>
/// <param name="Gripper">Null where there is none.</param>
public sealed record SerialArmDescription(string Name, SerialBusDescription Bus, double PeriodSeconds, ImmutableArray<SerialJoint> Joints, SerialGripperDescription? Gripper)
{
    /// <summary>Where it can be let go without falling, radians, the joints' order; empty: the file says nothing of it.</summary>
    public ImmutableArray<double> Park { get; init; } = [];

    /// <summary>The joints that sink when nothing holds them; empty: the file says nothing of it.</summary>
    public ImmutableArray<string> Falls { get; init; } = [];

    /// <summary>Its URDF and where it stands; null: the file says nothing of it.</summary>
    public SerialArmBody? Body { get; init; }

    /// <summary>What its safety board waits between an emergency stop and the relay's opening; null: the file says nothing of it.</summary>
    public TimeSpan? BoardHold { get; init; }

    /// <summary>For people: what is to be supported before its torque goes.</summary>
    public string WhatFalls => $"{(Falls.IsEmpty ? "the arm" : string.Join(", ", Falls))}{(Gripper is null ? "" : " and what the gripper holds")}";

    /// <summary>The servos in the order of the bus: the joints', then the gripper's.</summary>
    public ImmutableArray<ServoCalibration> Servos => [.. Joints.Select(joint => joint.Servo), .. Gripper is { } gripper ? [gripper.Servo] : ImmutableArray<ServoCalibration>.Empty];

    public ImmutableArray<JointBounds> Bounds =>
        [.. Joints.Select(joint => new JointBounds(joint.Servo.Name, joint.Servo.MinRadians, joint.Servo.MaxRadians, joint.MaxRadiansPerSecond, joint.MaxRadiansPerSecondSquared))];
}

/// <param name="SupplyVolts">What the servos are to get; null: anything that such servos stand.</param>
/// <param name="Echoes">Whether the adapter hears what it sends.</param>
/// <param name="FastRead">Whether the servos know the fast sync read (Dynamixel).</param>
public sealed record SerialBusDescription(ServoMake Make, string Port, int Baud, double? SupplyVolts = null, bool Echoes = false, bool FastRead = true);

/// <param name="MaxNewtonMetres">What the joint has at the servo's full torque; null: the file says nothing of it, and nobody knows its effort.</param>
public sealed record SerialJoint(ServoCalibration Servo, double MaxRadiansPerSecond, double MaxRadiansPerSecondSquared, double? MaxNewtonMetres = null);

/// <summary>A gripper that one servo opens and closes; between its ends the width is taken to go evenly with the angle.</summary>
/// <param name="ClosedRadians">Where the pads touch.</param>
/// <param name="OpenRadians">Where they are farthest apart.</param>
/// <param name="OpeningMetres">How far that is.</param>
/// <param name="MaxNewtons">What the pads press with at the servo's full torque.</param>
public sealed record SerialGripperDescription(ServoCalibration Servo, double ClosedRadians, double OpenRadians, double OpeningMetres, double MaxNewtons, double MaxRadiansPerSecond)
{
    public double WidthOf(double radians) => (radians - ClosedRadians) / (OpenRadians - ClosedRadians) * OpeningMetres;

    public double RadiansOf(double metres) => ClosedRadians + (metres / OpeningMetres * (OpenRadians - ClosedRadians));
}
