using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>At the end of the plan its goal is observed: false means repair within budget, unknown means look, then ask.</summary>
internal static class GoalChecking
{
    private const string Step = "goal";
    private const string Again = "look";
    private const string Abort = "abort";

    public static void TreeEnded(Transition t, Verdict verdict, string? why)
    {
        if (verdict != Verdict.Succeeded) Finishing.End(t, new(EpisodeOutcome.Failed, why ?? "the plan failed"));
        else Check(t);
    }

    public static void RepairEnded(Transition t) => Check(t);

    public static void Answer(Transition t, RequestKind kind, Plan? plan, string? text)
    {
        t.GoalCheck = t.GoalCheck with { Request = 0 };
        switch (kind)
        {
            case RequestKind.Look: Check(t); break;
            case RequestKind.Repair when plan is not null: Repair(t, plan); break;
            case RequestKind.Repair: Ask(t, Effect.NotStarted, $"no repair: {text}"); break;
            case RequestKind.Ask when text == Again:
                t.GoalCheck = GoalCheck.None;
                Check(t);
                break;
            case RequestKind.Ask when text is null: Finishing.End(t, new(EpisodeOutcome.NeedsPerson, "the goal was not seen to hold, and nobody answered")); break;
            case RequestKind.Ask: Finishing.End(t, new(EpisodeOutcome.Failed, $"the goal was not seen to hold; a person answered {text}")); break;
        }
    }

    /// <summary>Looks, plans or finishes; what was asked for before a restart is asked for again.</summary>
    public static void Check(Transition t)
    {
        if (t.Plan.Goal is not { } goal)
        {
            Finishing.End(t, new(EpisodeOutcome.Succeeded, "every step succeeded"));
            return;
        }
        var check = t.GoalCheck;
        switch (t.World.Evaluate(goal, t.Now))
        {
            case Truth.True:
                Finishing.End(t, new(EpisodeOutcome.Succeeded, "the goal was seen to hold"));
                break;
            case Truth.Unknown when check.Looks < 2:
                if (check.Looks == 1) Enter(t, Effect.Unknown, Decision.Look, Evidence.Of(t, goal));
                t.GoalCheck = check with { Looks = check.Looks + 1, Request = Requests.Look(t, NodeState.Goal, Unseen(t, goal), t.Now, check.Looks) };
                break;
            case Truth.Unknown:
                Ask(t, Effect.Unknown, Evidence.Of(t, goal));
                break;
            case Truth.False when check.Repairs < t.Options.RepairsOfGoal:
                Enter(t, Effect.NotStarted, Decision.Repair, Evidence.Of(t, goal));
                t.GoalCheck = check with { Request = Requests.Repair(t, NodeState.Goal, $"{t.Plan.Id}-goal", goal) };
                break;
            case Truth.False:
                Ask(t, Effect.NotStarted, Evidence.Of(t, goal));
                break;
        }
    }

    private static void Repair(Transition t, Plan plan)
    {
        var repairs = t.GoalCheck.Repairs + 1;
        t.GoalCheck = new(0, repairs, 0);
        Tree.Open(t, NodeState.Goal, plan.Root, Scope.Outermost with { Frame = NodeState.Goal }, $"goal/repair[{repairs}]/{plan.Root.Id}");
    }

    private static ImmutableArray<Atom> Unseen(Transition t, Condition goal) => [.. goal.Atoms().Where(a => t.World.Find(a, t.Now) is null)];

    private static void Ask(Transition t, Effect effect, string evidence)
    {
        Enter(t, effect, Decision.Ask, evidence);
        var question = new Question(Step, "the goal was not seen to hold", [Again, Abort], evidence);
        t.GoalCheck = t.GoalCheck with { Request = Requests.Ask(t, NodeState.Goal, question) };
    }

    private static void Enter(Transition t, Effect effect, Decision decision, string evidence) =>
        t.Recoveries = t.Recoveries.Add(new(Step, effect, decision, evidence, t.Now));
}
