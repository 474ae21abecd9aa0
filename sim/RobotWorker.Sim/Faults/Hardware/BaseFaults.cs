using System.Collections.Immutable;
using static RobotWorker.Sim.Faults.Hardware.HardwareFaults;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the base.</summary>
internal static class BaseFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("BASE_DRIVE_FAULT", "its drive switches off: it coasts to a stop and does not drive", now => now with { BaseDriveOff = true }),
        new("BASE_WHEEL_SLIP", "it makes this share of the wheels' way, which odometry counts whole", new FaultParameter("remaining", 0.3, 0.05, 1),
            (now, remaining) => now with { BaseTraction = Math.Min(now.BaseTraction, remaining) }),
        new("BASE_BLOCKED", "something holds it: commanded, it does not move", now => now with { BaseBlocked = true }),
        new("BASE_HOT", "its drive heats up; above 90 degC its speed fades", new FaultParameter("temperature", 95, 30, 150, "degC"),
            (now, celsius) => now with { BaseCelsius = Hotter(now.BaseCelsius, celsius) }),
        new("NAVIGATION_DOWN", "the process that offers navigation dies: its goals are lost, the base stops, and nobody offers the action", now => now with { NavigationDown = true }),
        new("NAVIGATION_SILENT", "the process that offers navigation hangs: the base stops, its goal neither goes on nor ends, and nothing is told of it", now => now with { NavigationHangs = true }),
    ];
}
