using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>What one cycle of the bus brought.</summary>
/// <param name="States">In the order of the bus; empty where the link is down.</param>
/// <param name="Trouble">What went wrong in it, for a person; null where nothing did.</param>
/// <param name="BusySeconds">What the cycle took.</param>
public sealed record ServoReadings(ImmutableArray<ServoState> States, string? Trouble, double BusySeconds)
{
    public bool IsLinkUp => !States.IsEmpty;
}
