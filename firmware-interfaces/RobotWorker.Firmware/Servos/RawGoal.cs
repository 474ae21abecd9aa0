namespace RobotWorker.Firmware.Servos;

/// <summary>One servo's setpoint, in counts, and how fast it may go there.</summary>
public readonly record struct RawGoal(byte Id, int Counts, double CountsPerSecond);
