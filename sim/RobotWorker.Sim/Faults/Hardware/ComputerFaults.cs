using System.Collections.Immutable;
using static RobotWorker.Sim.Faults.Hardware.HardwareFaults;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the robot's computer and its network.</summary>
internal static class ComputerFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("COMPUTER_HOT", "its processor heats up", new FaultParameter("temperature", 98, 30, 150, "degC"),
            (now, celsius) => now with { ComputerCelsius = Hotter(now.ComputerCelsius, celsius) }),
        new("COMPUTER_DISK_FULL", "so much of its disk is free", new FaultParameter("bytes", 50e6, 0, 1e12, "B"),
            (now, bytes) => now with { DiskFree = Math.Min(now.DiskFree, bytes) }),
        new("COMPUTER_MEMORY_LOW", "so much memory is available", new FaultParameter("bytes", 60e6, 0, 1e12, "B"),
            (now, bytes) => now with { MemoryAvailable = Math.Min(now.MemoryAvailable, bytes) }),
        new("CLOCK_JUMP", "its clock, and all stamps with it, jump", new FaultParameter("seconds", -5, -3600, 3600, "s"),
            (now, seconds) => now with { ClockJump = now.ClockJump + seconds }),
        new("DIAGNOSTICS_SILENT", "nothing is told on /diagnostics: neither what the drives measure, nor the emergency stop", now => now with { DiagnosticsSilent = true }),
        new("LINK_SILENT", "nothing passes between robot and worker; afterwards all that was sent arrives", now => now with { LinkStalled = true }),
    ];
}
