using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Episodes.Audit;

/// <summary>
/// What an audit remembers of an episode. It is told by events, commands and facts alone and asks the core's own bookkeeping as little as it can:
/// who audits must not believe whom he audits.
/// </summary>
internal sealed record Past
{
    public static readonly Past Nothing = new();

    /// <summary>Attempts that were issued, as <c>path#number</c>.</summary>
    public ImmutableHashSet<string> Issued { get; init; } = [];

    /// <summary>When the last attempt of a step ended, on the robot's clock, by the step's number; until its next begins.</summary>
    public ImmutableSortedDictionary<int, RobotTime> Landed { get; init; } = ImmutableSortedDictionary<int, RobotTime>.Empty;

    /// <summary>Steps that were looked at since their last attempt ended.</summary>
    public ImmutableSortedSet<int> Looked { get; init; } = [];

    /// <summary>Steps about which something was decided since their last attempt ended.</summary>
    public ImmutableSortedSet<int> Decided { get; init; } = [];

    /// <summary>Steps whose last attempt was seen, by facts captured after its end, not to have begun its effect.</summary>
    public ImmutableSortedSet<int> SeenNotStarted { get; init; } = [];

    /// <summary>Steps whose last attempt was seen to have begun its effect.</summary>
    public ImmutableSortedSet<int> SeenBegun { get; init; } = [];

    /// <summary>Steps that a person wants tried again since their last attempt ended.</summary>
    public ImmutableSortedSet<int> ToldToRetry { get; init; } = [];

    /// <summary>Steps that a person released since their last attempt and the robot's last stop.</summary>
    public ImmutableSortedSet<int> Released { get; init; } = [];

    /// <summary>The protective stop was carried out, or may have been, and no person has let the robot go on since.</summary>
    public bool StopHolds { get; init; }

    /// <summary>By when what is being cancelled must have ended, or the robot be stopped harder; null while nothing is or nobody can.</summary>
    public TimeSpan? CancelledBy { get; init; }

    /// <summary>By when an episode that was asked to stop must have ended; null when it was not.</summary>
    public TimeSpan? EndedBy { get; init; }

    /// <summary>When the last process took over.</summary>
    public TimeSpan Restarted { get; init; }

    /// <summary>What an event tells, before it is asked what followed from it.</summary>
    public Past Hearing(PlanState before, Event happened, PlanState after)
    {
        var heard = happened switch
        {
            Event.Answered e when before.Open.TryGetValue(e.Request, out var open) => Answered(before, open, e.Answer),
            Event.Looked e when before.Open.TryGetValue(e.Request, out var open) => this with { Looked = Looked.Add(open.Subject) },
            // An answer that does not come is a look that showed nothing.
            Event.TimerDue => this with { Looked = Looked.Union(before.Open.Values.Where(o => o.Kind is RequestKind.Look or RequestKind.Settle && o.Timer.Due <= happened.At).Select(o => o.Subject)) },
            Event.ProtectiveStopped { Error: null } e when before.Open.ContainsKey(e.Request) => this with { StopHolds = true },
            Event.ProcessRestarted => this with { Restarted = happened.At, StopHolds = StopHolds || before.Halt is { Phase: HaltPhase.ProtectiveStop } },
            _ => this,
        };
        for (var i = before.Recoveries.Count; i < after.Recoveries.Count; i++)
        {
            var path = after.Recoveries[i].Step;
            heard = heard with { Decided = heard.Decided.Union(after.Steps.Where(s => s.Path == path).Select(s => s.Number)) };
        }
        return happened is Event.FactObserved or Event.Looked ? heard.Seeing(after) : heard;
    }

    /// <summary>What followed.</summary>
    public Past Doing(Moment moment)
    {
        var past = this;
        var (before, after) = (moment.Before, moment.After);
        foreach (var number in before.Flights.Keys)
        {
            if (!after.Flights.ContainsKey(number)) past = past.Without(number) with { Landed = past.Landed.SetItem(number, after.Now) };
        }
        if (after.Halt is not null) past = past with { Released = [] };
        foreach (var (step, attempt) in moment.Starts)
            past = past.Without(step.Number) with { Landed = past.Landed.Remove(step.Number), Issued = past.Issued.Add($"{attempt.Path}#{attempt.Number}") };
        return past with { CancelledBy = past.NextCancelledBy(moment), EndedBy = past.NextEndedBy(moment) };
    }

    private Past Without(int step) => this with
    {
        Looked = Looked.Remove(step), Decided = Decided.Remove(step), SeenNotStarted = SeenNotStarted.Remove(step), SeenBegun = SeenBegun.Remove(step),
        ToldToRetry = ToldToRetry.Remove(step), Released = Released.Remove(step),
    };

    private Past Answered(PlanState before, OpenRequest open, string? answer) => (answer is null ? null : open.Question?.OptionOf(answer)) switch
    {
        "start" when open.Kind == RequestKind.Release => this with { Released = Released.Add(open.Subject) },
        "retry" when before.Halt is { Phase: HaltPhase.Asking, About: AskAbout.Step } halt => this with { ToldToRetry = ToldToRetry.Add(halt.Subject) },
        "continue" when before.Halt is { Phase: HaltPhase.Asking, About: AskAbout.ProtectiveStop } => this with { StopHolds = false },
        _ => this,
    };

    private Past Seeing(PlanState state)
    {
        var past = this;
        foreach (var (number, since) in Landed)
        {
            var bound = ((StepState)state.Nodes[number]).Bound;
            bool Shown(Condition condition) => condition != Condition.Always && state.World.Evaluate(condition, state.Now, since) == Truth.True;
            if (Shown(bound.NotStarted)) past = past with { SeenNotStarted = past.SeenNotStarted.Add(number) };
            if (Shown(bound.Partial) || bound.Stages.Any(stage => Shown(stage.Entry))) past = past with { SeenBegun = past.SeenBegun.Add(number) };
        }
        return past;
    }

    private TimeSpan? NextCancelledBy(Moment moment)
    {
        if (moment.After.Halt is not { Phase: HaltPhase.Cancelling } || moment.After.Flights.IsEmpty || !moment.IsInHand) return null;
        if (CancelledBy is { } due && moment.Happened is not (Event.LinkBack or Event.ModeChanged)) return due;
        return moment.After.At + moment.Flights.Max(moment.CancelTime) + moment.Options.Grace;
    }

    private TimeSpan? NextEndedBy(Moment moment)
    {
        if (moment.Happened is not Event.StopAsked && EndedBy is null) return null;
        if (EndedBy is { } due && moment.Happened is not (Event.LinkLost or Event.LinkBack or Event.ModeChanged or Event.ProcessRestarted)) return due;
        var options = moment.Options;
        var cancel = moment.Flights.Select(moment.CancelTime).Append(TimeSpan.Zero).Max();
        var still = options.StillDeadline + options.SilencePatience + options.Grace;
        var first = options.TakeOverDeadline + options.SilencePatience + options.Grace;
        return moment.After.At + cancel + first + options.ProtectiveStopDeadline + options.Grace + still + options.Grace;
    }
}
