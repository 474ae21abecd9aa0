using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>
/// At the end of the plan its goal is observed, not remembered. It goes the way of every decision (<see cref="Halting"/>): the robot stands still,
/// faults that make the goal doubtful heal, it looks, and then decides: false means repair within budget, unknown means look once more, then go to where
/// it can be seen and look again, then ask.
/// </summary>
/// <remarks>
/// What counts: first only what was seen since the robot stood still at the end. Where that leaves the goal unknown (the shelf is not in view from the
/// bin, where the robot now stands), a known fact stands in for what was not seen again: the latest one about its atom, within its predicate's
/// greatest age. It cannot be older than the last step that may have changed it: a step's end forgets what the step deletes, and a fault what it
/// makes doubtful. A fresh fact replaces the known one, so a goal freshly seen to be false is false, whatever was believed before.
/// </remarks>
internal static class GoalChecking
{
    private const string Step = "goal";
    private const string Again = "look";
    private const string Abort = "abort";

    public static void TreeEnded(Transition t, Verdict verdict, string? why)
    {
        if (verdict != Verdict.Succeeded) Finishing.End(t, new(EpisodeOutcome.Failed, why ?? "the plan failed"));
        else if (t.Plan.Goal is null) Finishing.End(t, new(EpisodeOutcome.Succeeded, WhatWasDone(t)));
        else Begin(t);
    }

    private static string WhatWasDone(Transition t)
    {
        var left = new List<string>();
        for (var i = 0; i < t.Nodes.Count; i++)
            if (t.Nodes[i] is StepState { Attempts: > 0 } step && step.Status != StepStatus.Finished) left.Add($"{step.Path} {step.Status.ToString().ToUpperInvariant()}");
        return left.Count == 0 ? "every step succeeded" : $"the plan came to its end as written; not every step succeeded: {string.Join(", ", left)}";
    }

    /// <summary>Whether the repair, or the way to a view, went well or not: what it came to is seen.</summary>
    public static void RepairEnded(Transition t) => Begin(t);

    /// <summary>Whether a fault keeps the goal from being observed.</summary>
    public static bool MakesDoubtful(Transition t, Fault fault)
    {
        if (t.Halt is not { } halt || !halt.Unsettled.Contains(NodeState.Goal) || t.Plan.Goal is not { } goal) return false;
        foreach (var atom in goal.Atoms())
            if (t.Setup.Faults.Doubts(fault.Code, atom.Predicate)) return true;
        return false;
    }

    public static void Look(Transition t)
    {
        if (HasNone(t)) return;
        var looks = t.GoalCheck.Looks;
        t.GoalCheck = t.GoalCheck with { Looks = looks + 1 };
        var request = Requests.Look(t, NodeState.Goal, t.Plan.Goal!.Atoms(), t.Halt!.Since, looks, RequestKind.Settle);
        t.Halt = t.Halt with { Phase = HaltPhase.Looking, Request = request, Subject = NodeState.Goal };
    }

    /// <summary>The look has ended; its facts are in the world.</summary>
    public static void Seen(Transition t)
    {
        if (HasNone(t)) return;
        var goal = t.Plan.Goal!;
        var check = t.GoalCheck;
        var evidence = $"{Evidence.Of(t, goal)}{Evidence.Faults(t, t.Halt!.Since - TimeSpan.FromSeconds(1))}{Evidence.Trouble(t.Halt.LookError)}";
        switch (Truth(t, goal))
        {
            case World.Truth.True:
                Finishing.End(t, new(EpisodeOutcome.Succeeded, "the goal was seen to hold"));
                break;
            case World.Truth.Unknown when check.Looks < 2:
                Enter(t, Effect.Unknown, Decision.Look, evidence);
                break;
            case World.Truth.Unknown when View(t, goal) is { } view:
                Enter(t, Effect.Unknown, Decision.Look, $"from where {view} holds: {evidence}");
                t.GoalCheck = check with { Views = check.Views.Add(view), IsForView = true };
                PlanFor(t, new Condition.Holds(view));
                break;
            case World.Truth.Unknown:
                Ask(t, Effect.Unknown, evidence);
                break;
            case World.Truth.False when check.Repairs < t.Options.RepairsOfGoal:
                Enter(t, Effect.NotStarted, Decision.Repair, evidence);
                t.GoalCheck = check with { IsForView = false };
                PlanFor(t, goal);
                break;
            case World.Truth.False:
                Ask(t, Effect.NotStarted, evidence);
                break;
        }
    }

    /// <summary>The planner has spoken.</summary>
    public static void RepairPlanned(Transition t, Plan? plan, string? whyNot)
    {
        Halting.GoOn(t);
        var check = t.GoalCheck;
        if (plan is null)
        {
            Ask(t, check.IsForView ? Effect.Unknown : Effect.NotStarted, $"no {(check.IsForView ? "way to see it" : "repair")}: {whyNot}");
            return;
        }
        Halting.Forget(t, NodeState.Goal);
        // What a repair changed may have to be seen from everywhere again.
        t.GoalCheck = check.IsForView ? check : new(0, check.Repairs + 1);
        var path = check.IsForView ? $"goal/view[{check.Views.Length}]" : $"goal/repair[{check.Repairs + 1}]";
        Tree.Open(t, NodeState.Goal, plan.Root, Scope.Outermost with { Frame = NodeState.Goal }, $"{path}/{plan.Root.Id}");
    }

    public static void Answered(Transition t, string? answer)
    {
        Halting.GoOn(t);
        if (answer is null) Parking.OrEnd(t, new(EpisodeOutcome.NeedsPerson, "the goal was not seen to hold, and nobody answered"));
        else if (answer != Again) t.Ending ??= new(EpisodeOutcome.Failed, $"the goal was not seen to hold; a person answered {answer}");
        else
        {
            // Someone may have put it right by hand: only what is seen from here on is new.
            t.GoalCheck = GoalCheck.None;
            t.Halt = t.Halt! with { Since = t.Now };
        }
    }

    // A revision may have taken the goal away while it was being looked at.
    private static bool HasNone(Transition t)
    {
        if (t.Plan.Goal is not null) return false;
        Halting.Forget(t, NodeState.Goal);
        Finishing.End(t, new(EpisodeOutcome.Succeeded, WhatWasDone(t)));
        return true;
    }

    private static void Begin(Transition t)
    {
        t.GoalCheck = t.GoalCheck with { Looks = 0 };
        Halting.Begin(t, NodeState.Goal);
        t.Halt = t.Halt! with { Since = t.Now };
    }

    private static Truth Truth(Transition t, Condition goal)
    {
        var fresh = t.World.Evaluate(goal, t.Now, t.Halt!.Since);
        return fresh == World.Truth.Unknown ? t.World.Evaluate(goal, t.Now) : fresh;
    }

    /// <summary>What would let some of the goal be seen that is not known from here, and has not been tried.</summary>
    private static Atom? View(Transition t, Condition goal)
    {
        foreach (var atom in goal.Atoms())
        {
            if (t.World.Find(atom, t.Now) is { Value: not World.Truth.Unknown }) continue;
            foreach (var view in t.World.Predicates.SeenFrom(atom))
                if (t.World.Find(view, t.Now)?.Value != World.Truth.True && !t.GoalCheck.Views.Contains(view)) return view;
        }
        return null;
    }

    private static void PlanFor(Transition t, Condition wanted)
    {
        var request = Requests.Repair(t, NodeState.Goal, $"{t.Plan.Id}-goal", wanted);
        t.Halt = t.Halt! with { Phase = HaltPhase.Planning, Request = request, Subject = NodeState.Goal };
    }

    private static void Ask(Transition t, Effect effect, string evidence)
    {
        Enter(t, effect, Decision.Ask, evidence);
        Asking.AboutGoal(t, new(Step, "the goal was not seen to hold", [Again, Abort], evidence));
    }

    private static void Enter(Transition t, Effect effect, Decision decision, string evidence) =>
        t.Recoveries = t.Recoveries.Add(new(Step, effect, decision, evidence, t.Now));
}
