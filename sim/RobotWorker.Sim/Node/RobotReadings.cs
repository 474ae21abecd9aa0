using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>What the robot's own encoders and odometry say at one instant.</summary>
/// <param name="Place">The base's centre in <c>map</c>.</param>
/// <param name="Yaw">The base's heading in <c>map</c>, radians.</param>
/// <param name="Velocity">The base's velocity in the map's axes.</param>
/// <param name="Arm">Arm joint positions, radians, base first.</param>
/// <param name="ArmRates">rad/s.</param>
/// <param name="ArmEfforts">Nm.</param>
/// <param name="Head">Pan and tilt, radians.</param>
/// <param name="HeadRates">rad/s.</param>
internal sealed record RobotReadings(
    RobotTime Time, FloorPoint Place, double Yaw, FloorVelocity Velocity,
    ImmutableArray<double> Arm, ImmutableArray<double> ArmRates, ImmutableArray<double> ArmEfforts,
    ImmutableArray<double> Head, ImmutableArray<double> HeadRates, GripperReading Gripper)
{
    /// <summary><c>base_link</c> in <c>map</c>. Localisation is exact: <c>map</c> and <c>odom</c> coincide.</summary>
    public Pose MapFromBase => Pose.Planar(Place.X, Place.Y, Yaw);
}
