using System.Collections.Immutable;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What the safety circuit reacts to. These are no faults of the hardware, but the robot stops by itself.</summary>
internal static class SafetyFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("E_STOP", "the emergency stop is pressed: no motor has power until it is reset", now => now with { EmergencyStop = true }),
        new("BUMPER", "the bumper's switch closes: the base brakes", now => now with { Bumper = true }, TimeSpan.FromSeconds(0.5)),
    ];
}
