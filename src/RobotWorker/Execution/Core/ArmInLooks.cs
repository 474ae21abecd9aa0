using RobotWorker.Faults;

namespace RobotWorker.Execution.Core;

/// <summary>
/// A look may fold the arm out of its own view. That is motion like any other: only while nothing else uses the arm or drives it about, never
/// under a fault that forbids it, and what would use it starts only once the look has ended.
/// </summary>
internal static class ArmInLooks
{
    private const string Arm = "arm";
    private const string Base = "base";

    public static bool MayMove(Transition t)
    {
        // Where a person releases each motion, none is made to look.
        if (t.LinkDown || t.Mode != OperatingMode.Automatic || Breaking.IsOpen(t, Arm) || t.Resources.ContainsKey(Arm) || t.Resources.ContainsKey(Base)) return false;
        foreach (var (_, fault) in t.Faults)
            if (Forbids(t, fault)) return false;
        foreach (var (_, open) in t.Open)
            if (open.MayMoveArm) return false;
        return true;
    }

    /// <summary>Whether a look that is under way keeps a resource from being used.</summary>
    public static bool Keeps(Transition t, string resource) => resource is Arm or Base && IsUnderWay(t);

    /// <summary>A look that may be moving the arm is broken off by a fault that forbids it; the robot stands still before it goes on.</summary>
    public static void FaultConfirmed(Transition t, Fault fault)
    {
        if (!Forbids(t, fault) || !IsUnderWay(t)) return;
        if (t.Halt is null) Halting.Begin(t);
        else Halting.Again(t);
    }

    private static bool Forbids(Transition t, Fault fault) => t.Setup.Faults.Forbids(fault.Code, Arm) || t.Setup.Faults.NeedsPerson(fault);

    private static bool IsUnderWay(Transition t)
    {
        foreach (var (_, open) in t.Open)
            if (open.MayMoveArm) return true;
        return false;
    }
}
