using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>The core: decides and touches nothing. The same events give the same states and commands, live and from the journal.</summary>
public static class Executor
{
    /// <summary>What an event leads to. After the episode's end nothing leads to anything.</summary>
    public static (PlanState State, ImmutableArray<Command> Commands) Next(PlanState state, Event happened)
    {
        if (state.Ended is not null) return (state, []);
        if (!WentBack(state, happened) && happened is Event.FactObserved fact && Watching.TurnsNothing(state, fact) is { } refreshed) return (refreshed, []);
        var t = new Transition(state, happened);
        if (WentBack(state, happened)) Restarting.OfTheRobot(t);
        Take(t, happened);
        do
        {
            Tree.Work(t);
            Halting.Advance(t);
            Starting.StartWhatCan(t);
        }
        while (t.Ended is null && (t.Agenda.Count > 0 || Halting.CanAdvance(t)));
        if (t.Ended is null) TimersDue.Arm(t);
        return t.Done();
    }

    private static void Take(Transition t, Event happened)
    {
        switch (happened)
        {
            case Event.Started e:
                t.Park = e.Park;
                Open(t);
                break;
            case Event.AttemptEnded e: Steps.AttemptEnded(t, e.Step, e.Number, e.Report); break;
            case Event.GoalChanged e: GoalTimers.Changed(t, e.Note); break;
            case Event.FactObserved e: Watching.FactObserved(t, e.Fact); break;
            case Event.FaultConfirmed e: Faulting.Confirmed(t, e.Fault); break;
            case Event.FaultHealed e: Faulting.Healed(t, e.Fault); break;
            case Event.TimerDue: TimersDue.Fire(t); break;
            case Event.Looked e: Answers.Looked(t, e.Request, e.Error); break;
            case Event.StoodStill e: Answers.StoodStill(t, e.Request, e.Still, e.Error); break;
            case Event.ProtectiveStopped e: Answers.ProtectiveStopped(t, e.Request, e.Error); break;
            case Event.RepairPlanned e: Answers.RepairPlanned(t, e.Request, e.Plan, e.WhyNot); break;
            case Event.Answered e: Answers.Answered(t, e.Request, e.Answer); break;
            case Event.PauseAsked:
                t.PauseAsked = true;
                Halting.Begin(t);
                break;
            case Event.ResumeAsked: t.PauseAsked = false; break;
            case Event.StopAsked e: Finishing.End(t, new(EpisodeOutcome.Stopped, e.Reason)); break;
            case Event.ModeChanged e: Moding.Changed(t, e.Mode, e.By, e.OfRobot); break;
            case Event.PlanReplaced e: Revising.Replace(t, e.Plan); break;
            case Event.LinkLost:
                t.LinkDown = true;
                Halting.Begin(t);
                break;
            case Event.LinkBack:
                t.LinkDown = false;
                Halting.Again(t);
                break;
            case Event.ProcessRestarted:
                // The process before may have heard something and ended before it began.
                if (t.Nodes.Count == 0) Open(t);
                Restarting.Begin(t);
                break;
            default: throw new InvalidOperationException($"no such event: {happened.GetType().Name}");
        }
    }

    // The robot was started anew, or its simulation: what was seen before is of another life, and newer than all that is to come.
    private static bool WentBack(PlanState state, Event happened) => happened.Now < state.Now - WorldModel.ClockTolerance;

    private static void Open(Transition t)
    {
        t.In(t.Plan.Limits.Deadline, TimerKind.PlanDeadline, NodeState.Root);
        Tree.Open(t, NodeState.Root, t.Plan.Root, Scope.Outermost, t.Plan.Root.Id);
    }
}
