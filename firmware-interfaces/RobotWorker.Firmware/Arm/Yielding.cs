using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// Whoever ended or stopped a motion before something that was in its way does not want the arm to push on: joints that are held up are held where they are, as ros2_control's trajectory controllers do. Once
/// for each motion: a joint that has too little torque, and sinks, is not followed down.
/// </summary>
internal sealed class Yielding
{
    // Farther off than any weight makes a joint: something is in its way.
    private const double BlockedRadians = 0.1;

    private const double StandsBelow = 0.05;

    private bool hasYielded;

    /// <summary>After each period in which all servos were heard.</summary>
    /// <param name="isLed">Somebody wants it to go somewhere.</param>
    public void Step(JointMotion motion, JointReadings measured, bool isLed)
    {
        if (isLed) hasYielded = false;
        if (isLed || hasYielded || motion.Overtime < 0 || measured.Rates.Any(rate => Math.Abs(rate) >= StandsBelow)) return;
        hasYielded = true;
        ImmutableArray<double> yielded = [.. motion.Positions.Zip(measured.Positions, (wanted, at) => Math.Abs(wanted - at) > BlockedRadians ? at : wanted)];
        if (!yielded.SequenceEqual(motion.Positions)) motion.Hold(yielded);
    }
}
