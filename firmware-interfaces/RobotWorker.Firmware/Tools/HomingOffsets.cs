using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Tools;

/// <summary>Writes the homing offsets of a calibration into the servos. Each moves its servo's zero for good: so all are asked first whether they take it, and the torque of all is off.</summary>
public static class HomingOffsets
{
    /// <summary>Eleven bits and a sign.</summary>
    public const int MostCounts = 2047;

    /// <summary>What one servo held and holds.</summary>
    public readonly record struct Change(string Joint, byte Id, int Was, int Is);

    /// <returns>Those that differed; the others were not written.</returns>
    /// <exception cref="ServoBusException">A servo does not answer or its torque is on, and nothing was written; or what was read back differs.</exception>
    public static IReadOnlyList<Change> Write(FeetechBus bus, IReadOnlyList<LerobotCalibration.Motor> motors)
    {
        foreach (var (servo, _) in motors)
            if (bus.ReadTwice(servo.Id, StsRegisters.Torque) != 0)
                throw new ServoBusException(ServoFailure.TorqueIsOn, servo.Id, $"servo {servo.Id} ('{servo.Name}') holds, and its zero would move under its load: park the arm and let it go ('arm release'). Nothing was written.");
        var changes = new List<Change>();
        foreach (var (servo, homing) in motors)
        {
            var was = (int)bus.ReadTwice(servo.Id, StsRegisters.Homing);
            if (bus.WriteEeprom(servo.Id, StsRegisters.Homing, homing)) changes.Add(new(servo.Name, servo.Id, was, homing));
        }
        return changes;
    }
}
