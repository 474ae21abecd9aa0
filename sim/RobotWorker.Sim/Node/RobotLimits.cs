using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Node;

/// <summary>What the controllers may ask of a robot's drives, from its description.</summary>
internal static class RobotLimits
{
    /// <summary>What the drive can do, and the gentler limits of navigation: what it keeps in reserve corrects, and pays for turning while driving.</summary>
    public static (FloorLimits Drive, FloorLimits Driving) OfBase(BaseDescription drive)
    {
        var all = new FloorLimits(drive.MaxSpeed, drive.Acceleration, drive.Acceleration, drive.MaxTurn, drive.TurnAcceleration);
        return (all, all with { Acceleration = 0.8 * all.Acceleration, Deceleration = 0.65 * all.Acceleration, TurnAcceleration = 0.8 * all.TurnAcceleration });
    }

    public static ImmutableArray<JointBounds> OfArm(RobotDescription robot) =>
        [.. robot.Arm.Joints.Select((j, i) => new JointBounds(robot.ArmJointNames[i], j.Lower, j.Upper, j.Velocity, j.Acceleration))];

    /// <summary>Pan and tilt; the head stops within a tenth of a second from full speed.</summary>
    public static ImmutableArray<JointBounds> OfHead(HeadDescription head) =>
    [
        new(RobotNames.Pan, head.Pan.Lower, head.Pan.Upper, head.Pan.Velocity, 10 * head.Pan.Velocity),
        new(RobotNames.Tilt, head.Tilt.Lower, head.Tilt.Upper, head.Tilt.Velocity, 10 * head.Tilt.Velocity),
    ];
}
