namespace RobotWorker.Controllers.Joints;

/// <summary>What a joint may do: radians (or metres) and their rates.</summary>
/// <param name="Velocity">Greatest speed, rad/s.</param>
/// <param name="Acceleration">Greatest acceleration, rad/s²; what a cancelled motion brakes with.</param>
public sealed record JointBounds(string Name, double Lower, double Upper, double Velocity, double Acceleration);
