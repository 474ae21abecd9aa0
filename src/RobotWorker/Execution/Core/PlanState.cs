using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>All that an episode has come to: the fold of its events. It shares what did not change with the state before.</summary>
public sealed record PlanState
{
    public required WorkerSetup Setup { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>The episode's id.</summary>
    public required string Episode { get; init; }

    public required WorldModel World { get; init; }

    /// <summary>Watchdog time of the last event, since the episode began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The robot's clock at the last event.</summary>
    public RobotTime Now { get; init; }

    /// <summary>Every node that was opened, in the order of opening.</summary>
    public Vector<NodeState> Nodes { get; init; } = Vector<NodeState>.Empty;

    /// <summary>Steps that have not ended, and control nodes that watch a condition.</summary>
    public ImmutableSortedSet<int> Active { get; init; } = [];

    /// <summary>Steps that want to start.</summary>
    public ImmutableSortedSet<int> Queued { get; init; } = [];

    /// <summary>What runs: step and number of the attempt.</summary>
    public ImmutableSortedDictionary<int, int> Flights { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Which step has a resource for itself.</summary>
    public ImmutableSortedDictionary<string, int> Resources { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Outputs of steps, by frame and name.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Faults that are active, by code and component.</summary>
    public ImmutableSortedDictionary<string, Fault> Faults { get; init; } = ImmutableSortedDictionary.Create<string, Fault>(StringComparer.Ordinal);

    /// <summary>Every fault of the episode; a healed one with its time.</summary>
    public Vector<Fault> FaultLog { get; init; } = Vector<Fault>.Empty;

    public Vector<RecoveryEntry> Recoveries { get; init; } = Vector<RecoveryEntry>.Empty;

    /// <summary>Recoveries that each fault code has cost.</summary>
    public ImmutableSortedDictionary<string, int> FaultCosts { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public Halt? Halt { get; init; }

    public GoalCheck GoalCheck { get; init; } = GoalCheck.None;

    public ImmutableSortedSet<TimerEntry> Timers { get; init; } = [];

    /// <summary>The wake-up that the shell was asked for last.</summary>
    public TimeSpan? Armed { get; init; }

    /// <summary>What was asked of the shell and is not answered yet; a late answer finds nothing here.</summary>
    public ImmutableSortedDictionary<int, OpenRequest> Open { get; init; } = ImmutableSortedDictionary<int, OpenRequest>.Empty;

    /// <summary>Numbers requests.</summary>
    public int Requests { get; init; }

    /// <summary>Numbers timers.</summary>
    public long TimerSequence { get; init; }

    public bool PauseAsked { get; init; }

    public bool LinkDown { get; init; }

    /// <summary>When the last process took the episode up; null: none did.</summary>
    public TimeSpan? TakenOver { get; init; }

    public OperatingMode Mode { get; init; }

    /// <summary>Who or what set the mode, in a few words.</summary>
    public string ModeBy { get; init; } = "";

    /// <summary>The mode that the robot itself says it is in.</summary>
    public OperatingMode RobotMode { get; init; }

    /// <summary>The mode that the worker had last, and has again when a person hands the robot back.</summary>
    public OperatingMode OurMode { get; init; }

    /// <summary>Breakers of actuators that failed, by resource; one that is not here is closed.</summary>
    public ImmutableSortedDictionary<string, Breaker> Breakers { get; init; } = ImmutableSortedDictionary.Create<string, Breaker>(StringComparer.Ordinal);

    /// <summary>What is done when a person was asked and did not answer, or null.</summary>
    public Plan? Park { get; init; }

    /// <summary>It is being parked, and will then end thus.</summary>
    public Ending? Parking { get; init; }

    /// <summary>It is to end thus, once the robot stands still.</summary>
    public Ending? Ending { get; init; }

    /// <summary>It has ended thus.</summary>
    public Ending? Ended { get; init; }

    /// <summary>The steps that were opened, in the order of opening.</summary>
    public IEnumerable<StepState> Steps => Nodes.OfType<StepState>();

    /// <summary>The state before the first event.</summary>
    public static PlanState Before(WorkerSetup setup, Plan plan, string episode) =>
        new() { Setup = setup, Plan = plan, Episode = episode, World = WorldModel.Empty(setup.Skills.Predicates) };
}

/// <summary>A request to the shell.</summary>
/// <param name="Subject">The node that waits for it, <see cref="NodeState.Goal"/> for the plan's goal, or <see cref="NodeState.Root"/> for the stop.</param>
/// <param name="Timer">By when it must be answered.</param>
/// <param name="MayMoveArm">A look that may fold the arm out of the view.</param>
public sealed record OpenRequest(RequestKind Kind, int Subject, TimerEntry Timer, bool MayMoveArm = false)
{
    /// <summary>What was asked, of a question.</summary>
    public Question? Question { get; init; }

    /// <summary>How many answers to it were none of its options.</summary>
    public int Unusable { get; init; }
}

public enum RequestKind
{
    Look,

    /// <summary>To see what an unsettled step has done, the robot standing still.</summary>
    Settle,
    Still,
    ProtectiveStop,
    Repair,
    Ask,

    /// <summary>A person must release a step.</summary>
    Release,
}

/// <summary>How and why an episode ends.</summary>
public sealed record Ending(EpisodeOutcome Outcome, string Reason);
