using RobotWorker.Episodes;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>
/// Nobody answered: the robot stands still holding what it holds, unless its profile's park plan can run under the faults that are active. What was still to be done
/// is dropped, the park plan runs like any other, and the episode ends as it would have. While it parks nobody is asked again.
/// </summary>
internal static class Parking
{
    /// <summary>Ends the episode thus, after parking where that can be done.</summary>
    public static void OrEnd(Transition t, Ending ending)
    {
        if (t.Ending is not null || t.Halt is null) Finishing.End(t, ending);
        else if (t.Parking is not null || WhyNot(t) is not null) t.Ending = ending;
        else Begin(t, t.Park!, ending);
    }

    /// <summary>The park plan has ended.</summary>
    public static void Ended(Transition t, Verdict verdict, string? why) =>
        Finishing.End(t, t.Parking! with { Reason = $"{t.Parking.Reason}; {(verdict == Verdict.Succeeded ? "the robot was parked" : $"it could not be parked ({why})")}" });

    private static string? WhyNot(Transition t)
    {
        if (t.Park is not { } plan) return "the robot has no park plan";
        if (t.LinkDown || t.Mode != OperatingMode.Automatic || t.Halt is { Protective: true }) return "the robot is not the worker's to move";
        if (Faulting.Blocking(t) is { } blocking) return $"{blocking.Code} is active";
        foreach (var resource in Resources(t, plan.Root))
        {
            if (Breaking.IsOpen(t, resource)) return $"the breaker of the {resource} is open";
            foreach (var (_, fault) in t.Faults)
                if (t.Setup.Faults.Forbids(fault.Code, resource)) return $"{fault.Code} is active";
        }
        return null;
    }

    private static void Begin(Transition t, Plan plan, Ending ending)
    {
        foreach (var number in t.Active)
        {
            if (t.Nodes[number] is StepState step) Steps.Drop(t, step);
            else Turning.Drop(t, number);
        }
        Halting.Forget(t, NodeState.Goal);
        t.Parking = ending;
        foreach (var timer in t.Timers)
            if (timer.Kind == TimerKind.PlanDeadline) t.TakeBack(timer);
        t.In(plan.Limits.Deadline, TimerKind.PlanDeadline, NodeState.Root);
        Tree.Open(t, NodeState.Park, plan.Root, Scope.Outermost with { Frame = NodeState.Park }, $"park/{plan.Root.Id}");
    }

    private static IEnumerable<string> Resources(Transition t, PlanNode node) => node is SkillNode step
        ? t.Setup.Skills.Skills.TryGetValue(step.Skill, out var skill) ? skill.Resources : []
        : node.Inner.SelectMany(child => Resources(t, child));
}
