using System.Collections.Immutable;
using static RobotWorker.Sim.Faults.Hardware.HardwareFaults;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the gripper.</summary>
internal static class GripperFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("GRIPPER_FORCE_LOW", "its motor keeps this share of its force", new FaultParameter("remaining", 0.01, 0, 1),
            (now, remaining) => now with { GripperForce = Math.Min(now.GripperForce, remaining) }),
        new("GRIPPER_JAMMED", "its fingers are stuck where they are, and the motor pushes in vain", now => now with { GripperJammed = true }),
        new("GRIPPER_HOT", "its motor heats up; above 90 degC the force fades", new FaultParameter("temperature", 95, 30, 150, "degC"),
            (now, celsius) => now with { GripperCelsius = Hotter(now.GripperCelsius, celsius) }),
        new("GRIPPER_CONTROLLER_DOWN", "the process that offers the gripper dies: its goals are lost, the fingers stand or go on gripping, and nobody offers the action", now => now with { GripperControllerDown = true }),
    ];
}
