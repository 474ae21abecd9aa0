using System.Collections.Immutable;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>All faults of the hardware that there are. docs/simulated-faults.md has the table.</summary>
public static class HardwareFaults
{
    public static readonly ImmutableArray<FaultKind> All =
        [.. GripperFaults.All, .. ArmFaults.All, .. BaseFaults.All, .. BatteryFaults.All, .. SensorFaults.All, .. PlaceFaults.All, .. ComputerFaults.All, .. SafetyFaults.All, .. UncataloguedFaults.All];

    /// <summary>The fault of that name, or null.</summary>
    public static FaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The hotter of two temperatures, of which one may not be there.</summary>
    internal static double Hotter(double? one, double other) => Math.Max(one ?? other, other);
}
