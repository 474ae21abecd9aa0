using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>One value of one signal of one component, in SI units: <c>gripper.measured_force</c> = 38.2 N.</summary>
public readonly record struct Sample(string Signal, double Value, RobotTime At);
