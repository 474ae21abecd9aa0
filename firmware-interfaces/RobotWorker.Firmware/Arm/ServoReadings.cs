using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>What one cycle of the bus brought.</summary>
/// <param name="States">In the order of the bus; empty where the link is down.</param>
/// <param name="Refused">Why the goals were not sent, all being told to hold; null where they were.</param>
/// <param name="LinkTrouble">Why the link is down, when that is new.</param>
public sealed record ServoReadings(ImmutableArray<ServoState> States, ServoBusException? Refused, string? LinkTrouble)
{
    public bool IsLinkUp => !States.IsEmpty;

    /// <summary>When they were read, by the robot's clock; null: as they are told.</summary>
    public RobotTime? At { get; init; }
}
