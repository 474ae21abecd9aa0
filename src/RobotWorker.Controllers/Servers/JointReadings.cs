using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.Controllers.Servers;

/// <summary>What the joints of a group were measured at, in the controller's order.</summary>
/// <param name="Time">By the robot's clock.</param>
/// <param name="Positions">Radians.</param>
/// <param name="Rates">rad/s.</param>
public readonly record struct JointReadings(RobotTime Time, ImmutableArray<double> Positions, ImmutableArray<double> Rates);
