namespace RobotWorker.Firmware.Servos;

/// <summary>Groups of flags.</summary>
public static class ServoFlagsText
{
    /// <summary>What a servo says of itself.</summary>
    public const ServoFlags OwnFaults =
        ServoFlags.Voltage | ServoFlags.Encoder | ServoFlags.Overheat | ServoFlags.Overcurrent | ServoFlags.Overload | ServoFlags.ElectricalShock;

    /// <summary>For people: <c>Overheat, Overload</c>, or <c>no fault</c>.</summary>
    public static string Text(this ServoFlags flags) => flags == ServoFlags.None ? "no fault" : flags.ToString();
}
