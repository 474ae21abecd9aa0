namespace RobotWorker.Firmware.Servos;

/// <summary>What decides where a servo goes when its torque is switched on, and how hard.</summary>
/// <param name="TorqueLimit">0 to 1 of what the motor has.</param>
public readonly record struct HoldSettings(int GoalCounts, double CountsPerSecond, double TorqueLimit)
{
    /// <summary>Registers are coarser than these numbers: one count of speed is up to 3 % of a low one, of torque below 0.2 %.</summary>
    public bool Matches(HoldSettings wanted) =>
        GoalCounts == wanted.GoalCounts
        && Math.Abs(CountsPerSecond - wanted.CountsPerSecond) <= Math.Max(16, 0.03 * wanted.CountsPerSecond)
        && Math.Abs(TorqueLimit - wanted.TorqueLimit) <= 0.005;
}
