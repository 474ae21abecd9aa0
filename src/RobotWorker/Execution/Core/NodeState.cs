using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>What a node's parent needs to know of it.</summary>
public enum Verdict
{
    Running,
    Succeeded,
    Failed,

    /// <summary>It ran and is no longer wanted.</summary>
    Dropped,
}

/// <summary>A node that was opened: its place in the tree and how it stands. Nodes are numbered in the order of opening.</summary>
/// <param name="Parent">The parent's number; <see cref="Root"/> or <see cref="Goal"/> at the top.</param>
/// <param name="Path">Ids from the root with iteration keys.</param>
/// <param name="Why">Of a failed one, in one line.</param>
public abstract record NodeState(int Number, int Parent, string Path, Scope Scope)
{
    public const int Root = -1;

    /// <summary>The parent of a repair of the plan's goal.</summary>
    public const int Goal = -2;

    /// <summary>The parent of the park plan.</summary>
    public const int Park = -3;

    public Verdict Verdict { get; init; }

    public string? Why { get; init; }

    /// <summary>What went wrong with the last look for it, or null.</summary>
    public string? LookError { get; init; }
}

/// <summary>A control node: a tally of its children, which is all that its judgement needs.</summary>
/// <param name="Node">Its text in the plan.</param>
/// <param name="Total">How many children it can have.</param>
/// <param name="Condition">Of <c>if</c>, <c>while</c> and <c>wait</c>, names resolved.</param>
public sealed record ControlState(int Number, int Parent, string Path, Scope Scope, PlanNode Node, int Total, Condition Condition)
    : NodeState(Number, Parent, Path, Scope)
{
    public int Opened { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    /// <summary>What its condition was when it was last judged; an <c>if</c> keeps the first answer.</summary>
    public Truth Turn { get; init; }

    /// <summary>How often it was looked because the condition was unknown.</summary>
    public int Looks { get; init; }

    /// <summary>The observation that it waits for, or 0.</summary>
    public int Request { get; init; }

    /// <summary>What a <c>foreach</c> runs over; default before it bound.</summary>
    public ImmutableArray<string> Names { get; init; }

    public TimerEntry? Timer { get; init; }

    /// <summary>What a <c>wait</c> has left of its deadline while the robot is stopped; else null.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Children that have not ended.</summary>
    public int Open => Opened - Succeeded - Failed;
}

/// <summary>Where a step is in its own life.</summary>
public enum StepPhase
{
    /// <summary>Wants its resources, and its preconditions to hold.</summary>
    Queued,

    /// <summary>Its preconditions are unknown and are being looked at.</summary>
    Preparing,

    /// <summary>A person must release it.</summary>
    Releasing,
    Running,

    /// <summary>Its attempt ended; whether its post-condition holds is being looked at.</summary>
    Checking,

    /// <summary>Its attempt failed or was broken off: the robot stops, looks, and what follows is decided.</summary>
    Unsettled,
    BackingOff,
    Repairing,
    Undoing,
    Ended,
}

/// <summary>A step with all its attempts.</summary>
public sealed record StepState(int Number, int Parent, string Path, Scope Scope, SkillNode Node, BoundStep Bound) : NodeState(Number, Parent, Path, Scope)
{
    public StepPhase Phase { get; init; }

    public StepStatus Status { get; init; }

    /// <summary>By the last attempt's own account.</summary>
    public Outcome Reported { get; init; }

    /// <summary>By the senses, after the last attempt.</summary>
    public Outcome Observed { get; init; }

    /// <summary>Attempts handed to the robot.</summary>
    public int Attempts { get; init; }

    /// <summary>Failures that count against its retry policy; one that was only broken off does not.</summary>
    public int Failures { get; init; }

    public int Repairs { get; init; }

    public int Variant { get; init; }

    /// <summary>The stage that the next attempt enters, or null for the beginning.</summary>
    public string? Stage { get; init; }

    /// <summary>Why the last attempt failed: a code for <c>never</c>, and a line.</summary>
    public string? Code { get; init; }

    /// <summary>It was broken off through no fault of its own.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Unknown preconditions have been looked at once for the attempt to come.</summary>
    public bool Looked { get; init; }

    /// <summary>A person released the attempt to come.</summary>
    public bool Released { get; init; }

    /// <summary>Its effect has been looked at from elsewhere too.</summary>
    public bool LookedAgain { get; init; }

    public bool Undone { get; init; }

    /// <summary>An attempt was handed to the robot since its effect was last decided upon.</summary>
    public bool Ran { get; init; }

    public Effect Effect { get; init; }

    /// <summary>The observation that it waits for, or 0.</summary>
    public int Request { get; init; }

    /// <summary>Facts about its post-condition count from here on.</summary>
    public RobotTime Since { get; init; }

    /// <summary>Where its object lay when it began, for <c>target: source</c> of its undo.</summary>
    public string? Source { get; init; }

    /// <summary>Deadline of the attempt, or of the backing off.</summary>
    public TimerEntry? Deadline { get; init; }

    /// <summary>When a fact that its hold condition rests on grows too old.</summary>
    public TimerEntry? Ageing { get; init; }

    /// <summary>It was taken up, and this process has not heard yet whether its hold condition holds.</summary>
    public bool HoldUnseen { get; init; }

    /// <summary>Of the action goal's acceptance or progress.</summary>
    public TimerEntry? GoalTimer { get; init; }

    /// <summary>The id of its action goal that has not ended, or null.</summary>
    public string? OpenGoal { get; init; }

    /// <summary>Which actuator its last action goal was for, or null.</summary>
    public string? Actuator { get; init; }

    /// <summary>When its action goal last made progress.</summary>
    public TimeSpan ProgressAt { get; init; }
}
