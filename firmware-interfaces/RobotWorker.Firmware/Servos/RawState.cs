namespace RobotWorker.Firmware.Servos;

/// <summary>One servo's answer, in counts, before anybody has asked whether it can be.</summary>
/// <param name="Answered">False: nothing else here means anything.</param>
/// <param name="GoalCounts">What its goal register holds.</param>
/// <param name="TorqueLimit">What its torque limit register holds, 0 to 1; NaN where the cycle does not read it.</param>
public readonly record struct RawState(
    bool Answered, int PositionCounts, double CountsPerSecond, double CurrentAmperes, double Load, double Volts, double Celsius, ServoFlags Flags, int GoalCounts, bool TorqueOn, double TorqueLimit);
