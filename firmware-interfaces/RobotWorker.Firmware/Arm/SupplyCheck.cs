using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>Whether the servos get the voltage that they need: too little makes an arm fall when it lifts, too much burns it.</summary>
public static class SupplyCheck
{
    // What power supplies and cables make of a voltage.
    private const double Tolerance = 0.15;

    /// <returns>Null where it is right, or where no servo has told it yet; else what is wrong.</returns>
    public static string? Problem(SerialArmDescription arm, IEnumerable<ServoState> states)
    {
        var (least, most) = Bounds(arm.Bus);
        foreach (var (servo, state) in arm.Servos.Zip(states))
            if (state.IsFresh && double.IsFinite(state.Volts) && (state.Volts < least || state.Volts > most))
                return $"{servo.Name} has {state.Volts:0.0} V, and is to have {(arm.Bus.SupplyVolts is { } wanted ? $"{wanted:0.0} V" : $"{least:0.0} to {most:0.0} V")}: look at the power supply and its plug";
        return null;
    }

    private static (double Least, double Most) Bounds(SerialBusDescription bus) => bus.SupplyVolts is { } volts
        ? (volts * (1 - Tolerance), volts * (1 + Tolerance))
        : bus.Make == ServoMake.Feetech ? (4, 13.5) : (3.7, 16);
}
