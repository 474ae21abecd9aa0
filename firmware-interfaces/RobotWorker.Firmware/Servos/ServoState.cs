namespace RobotWorker.Firmware.Servos;

/// <summary>What is believed of one servo after a cycle.</summary>
/// <param name="PositionRadians">The joint's angle by its calibration.</param>
/// <param name="CurrentAmperes">NaN where the servo does not measure it.</param>
/// <param name="Load">The drive's duty or load, -1 to 1; NaN where the servo does not say.</param>
/// <param name="IsFresh">Whether it was read and believed in this very cycle.</param>
public readonly record struct ServoState(
    double PositionRadians, double VelocityRadiansPerSecond, double CurrentAmperes, double Load, double Volts, double Celsius, bool TorqueOn, ServoFlags Flags, bool IsFresh);
