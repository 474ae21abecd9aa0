namespace RobotWorker.Sim.Node;

/// <summary>What the gripper's own electronics measure.</summary>
/// <param name="Width">Distance of the pads, metres.</param>
/// <param name="Speed">Its rate, m/s; negative while closing.</param>
/// <param name="CommandedForce">What the motor's regulator demands at each pad, newtons.</param>
/// <param name="MeasuredForce">What the pads feel, newtons.</param>
/// <param name="Temperature">Of the motor, degrees Celsius.</param>
/// <param name="Current">Of the motor, amperes.</param>
public readonly record struct GripperReading(double Width, double Speed, double CommandedForce, double MeasuredForce, double Temperature, double Current);
