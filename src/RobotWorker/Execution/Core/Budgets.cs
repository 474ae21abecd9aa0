using RobotWorker.Recovery;

namespace RobotWorker.Execution.Core;

/// <summary>What a step, a fault code and the episode may still cost. A step that was only broken off costs nothing.</summary>
internal static class Budgets
{
    public static Budget Of(Transition t, StepState step)
    {
        if (step.Bound.Error is not null) return new("it cannot run: everything is");
        if (Breaking.WhyNot(t, step) is { } broken) return new($"{broken}; attempts are");
        if (step.Interrupted) return Budget.Left;
        if (step.Code is { } code && step.Bound.Retry.Never.Contains(code)) return new($"after {code} it is never tried again: attempts are");
        if (step.Failures >= step.Bound.Retry.Attempts) return new($"{step.Failures} of {step.Bound.Retry.Attempts} attempts are");
        if (t.FaultCosts.GetValueOrDefault(step.Code ?? "") >= (t.Setup.Faults.RecoveryOf(step.Code).Attempts ?? t.Options.RecoveriesPerFault)) return new($"recoveries from {step.Code} are");
        if (t.Recoveries.Count >= t.Options.RecoveriesPerEpisode) return new("the episode's recoveries are");
        return Budget.Left;
    }

    public static void Charge(Transition t, StepState step)
    {
        if (!step.Interrupted && step.Code is { } code && t.Setup.Faults.ByCode.ContainsKey(code))
            t.FaultCosts = t.FaultCosts.SetItem(code, t.FaultCosts.GetValueOrDefault(code) + 1);
    }

    /// <summary>Why a step must not be repaired (again), or null.</summary>
    public static string? NoRepair(Transition t, StepState step)
    {
        if (step.Repairs >= t.Options.RepairsPerStep) return $"it was repaired {step.Repairs} times";
        var depth = 0;
        for (var above = step.Parent; above >= 0; above = t.Nodes[above].Parent)
            if (t.Nodes[above] is StepState) depth++;
        return depth >= t.Options.RepairDepth ? "a repair of a repair of a repair is not planned" : null;
    }
}
