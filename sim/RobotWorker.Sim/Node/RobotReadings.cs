using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>What the robot's own encoders, odometry and localisation say at one instant. Where they are wrong, the robot is wrong.</summary>
/// <param name="Time">The robot's own clock.</param>
/// <param name="MapFromOdom">Localisation's correction of odometry.</param>
/// <param name="OdomFromBase">What odometry says.</param>
/// <param name="Speed">What odometry says, in <c>base_link</c>.</param>
/// <param name="Arm">Arm joint positions, radians, base first.</param>
/// <param name="ArmRates">rad/s.</param>
/// <param name="ArmEfforts">Nm.</param>
/// <param name="Head">Pan and tilt, radians.</param>
/// <param name="HeadRates">rad/s.</param>
internal sealed record RobotReadings(
    RobotTime Time, PlanarPose MapFromOdom, PlanarPose OdomFromBase, PlanarVelocity Speed,
    ImmutableArray<double> Arm, ImmutableArray<double> ArmRates, ImmutableArray<double> ArmEfforts,
    ImmutableArray<double> Head, ImmutableArray<double> HeadRates, GripperReading Gripper)
{
    private readonly PlanarPose mapFromBase = MapFromOdom * OdomFromBase;

    /// <summary>Where localisation believes the base's centre to be.</summary>
    public FloorPoint Place => new(mapFromBase.X, mapFromBase.Y);

    /// <summary>The base's heading in <c>map</c>, as believed, radians.</summary>
    public double Yaw => Motion.Angle.Wrap(mapFromBase.Yaw);

    /// <summary>The base's velocity in the map's axes.</summary>
    public FloorVelocity Velocity => new(new FloorPoint(Speed.X, Speed.Y).Turned(mapFromBase.Yaw), Speed.Turn);

    /// <summary><c>base_link</c> in <c>map</c>, as believed.</summary>
    public Pose MapFromBase => Pose.Planar(mapFromBase.X, mapFromBase.Y, Yaw);
}
