using System.Text.Json.Serialization;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Something that happened. The journal is the list of them; the state is their fold.</summary>
/// <param name="At">Watchdog time since the episode began.</param>
/// <param name="Now">The robot's clock when it happened.</param>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(AttemptEnded), "attempt_ended")]
[JsonDerivedType(typeof(GoalChanged), "goal_changed")]
[JsonDerivedType(typeof(FactObserved), "fact_observed")]
[JsonDerivedType(typeof(FaultConfirmed), "fault_confirmed")]
[JsonDerivedType(typeof(FaultHealed), "fault_healed")]
[JsonDerivedType(typeof(TimerDue), "timer_due")]
[JsonDerivedType(typeof(Looked), "looked")]
[JsonDerivedType(typeof(StoodStill), "stood_still")]
[JsonDerivedType(typeof(ProtectiveStopped), "protective_stopped")]
[JsonDerivedType(typeof(RepairPlanned), "repair_planned")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(PauseAsked), "pause_asked")]
[JsonDerivedType(typeof(ResumeAsked), "resume_asked")]
[JsonDerivedType(typeof(StopAsked), "stop_asked")]
[JsonDerivedType(typeof(ModeChanged), "mode_changed")]
[JsonDerivedType(typeof(PlanReplaced), "plan_replaced")]
[JsonDerivedType(typeof(LinkLost), "link_lost")]
[JsonDerivedType(typeof(LinkBack), "link_back")]
[JsonDerivedType(typeof(ProcessRestarted), "process_restarted")]
public abstract record Event(TimeSpan At, RobotTime Now)
{
    /// <summary>The episode begins.</summary>
    /// <param name="Park">What is done when a person was asked and did not answer; null: the robot stands still. It stands here, since what an episode came to must not depend on a file that was changed since.</param>
    public sealed record Started(TimeSpan At, RobotTime Now, Plan? Park = null) : Event(At, Now);

    /// <param name="Step">The step's node number in <see cref="PlanState.Nodes"/>.</param>
    public sealed record AttemptEnded(TimeSpan At, RobotTime Now, int Step, string Path, int Number, AttemptReport Report) : Event(At, Now);

    public sealed record GoalChanged(TimeSpan At, RobotTime Now, GoalNote Note) : Event(At, Now);

    public sealed record FactObserved(TimeSpan At, RobotTime Now, Fact Fact) : Event(At, Now);

    public sealed record FaultConfirmed(TimeSpan At, RobotTime Now, Fault Fault) : Event(At, Now);

    public sealed record FaultHealed(TimeSpan At, RobotTime Now, Fault Fault) : Event(At, Now);

    /// <summary>The instant that the core asked to be woken at has come.</summary>
    public sealed record TimerDue(TimeSpan At, RobotTime Now) : Event(At, Now);

    /// <summary>An observation ended; its facts came before it.</summary>
    /// <param name="Error">What went wrong with looking, or null.</param>
    public sealed record Looked(TimeSpan At, RobotTime Now, int Request, string? Error) : Event(At, Now);

    public sealed record StoodStill(TimeSpan At, RobotTime Now, int Request, bool Still, string? Error) : Event(At, Now);

    public sealed record ProtectiveStopped(TimeSpan At, RobotTime Now, int Request, string? Error) : Event(At, Now);

    /// <summary>The planner and the checker have spoken: a checked plan, or why there is none.</summary>
    public sealed record RepairPlanned(TimeSpan At, RobotTime Now, int Request, Plan? Plan, string? WhyNot) : Event(At, Now);

    /// <param name="Answer">One of the options, or null when nobody answered.</param>
    public sealed record Answered(TimeSpan At, RobotTime Now, int Request, string? Answer) : Event(At, Now);

    public sealed record PauseAsked(TimeSpan At, RobotTime Now) : Event(At, Now);

    public sealed record ResumeAsked(TimeSpan At, RobotTime Now) : Event(At, Now);

    public sealed record StopAsked(TimeSpan At, RobotTime Now, string Reason) : Event(At, Now);

    /// <summary>Somebody else commands the robot, or the worker again.</summary>
    /// <param name="By">Who or what said so, in a few words: "a person", "a goal that is not ours".</param>
    /// <param name="OfRobot">It is the robot's own word.</param>
    public sealed record ModeChanged(TimeSpan At, RobotTime Now, OperatingMode Mode, string By, bool OfRobot = false) : Event(At, Now);

    /// <summary>A newer revision of the plan, checked: what was begun goes on, the rest is exchanged.</summary>
    public sealed record PlanReplaced(TimeSpan At, RobotTime Now, Plan Plan) : Event(At, Now);

    public sealed record LinkLost(TimeSpan At, RobotTime Now) : Event(At, Now);

    public sealed record LinkBack(TimeSpan At, RobotTime Now) : Event(At, Now);

    /// <summary>The worker's process was started anew over this journal: nothing that was asked for is still being done by it.</summary>
    public sealed record ProcessRestarted(TimeSpan At, RobotTime Now) : Event(At, Now);
}
