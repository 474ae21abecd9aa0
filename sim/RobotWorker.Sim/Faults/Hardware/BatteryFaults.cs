using System.Collections.Immutable;
using static RobotWorker.Sim.Faults.Hardware.HardwareFaults;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the battery.</summary>
internal static class BatteryFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("BATTERY_LOW", "its charge drops to this share", new FaultParameter("percentage", 0.08, 0, 1),
            (now, charge) => now with { BatteryCharge = Math.Min(now.BatteryCharge, charge) }),
        new("BATTERY_SAG", "a cell fails, and so much voltage with it", new FaultParameter("volts", 5, 0.1, 20, "V"),
            (now, volts) => now with { BatteryVoltsLost = now.BatteryVoltsLost + volts }),
        new("BATTERY_HOT", "it heats up", new FaultParameter("temperature", 65, 30, 150, "degC"),
            (now, celsius) => now with { BatteryCelsius = Hotter(now.BatteryCelsius, celsius) }),
        new("BATTERY_SILENT", "its electronics tell nothing", now => now with { BatterySilent = true }),
    ];
}
