using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;

namespace RobotWorker.Execution.Core;

/// <summary>What the executor knows beforehand: what the robot can do, what can go wrong with it, and how patient it is.</summary>
public sealed record WorkerSetup(SkillCatalogue Skills, FaultCatalogue Faults, ExecutionOptions Options)
{
    /// <summary>What is done when a person was asked and did not answer: a checked plan without calls, or null to stand still holding what is held. It goes into the journal as the episode begins, and counts from there.</summary>
    public Plan? Park { get; init; }
}

/// <summary>How long the executor waits, and how often it tries. Deadlines are watchdog time.</summary>
public sealed record ExecutionOptions
{
    public static readonly ExecutionOptions Default = new();

    /// <summary>For one observation.</summary>
    public TimeSpan LookDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the robot to be seen still after its attempts ended.</summary>
    public TimeSpan StillDeadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same for a process that takes an episode up: it does not know which goals run, ends all of them first, and is slow in its first seconds. Goals are cancelled and zero is commanded at once.</summary>
    public TimeSpan TakeOverDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a goal that was taken up may run on before its hold condition is known again.</summary>
    public TimeSpan TakeUpGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a robot that is silent while it is watched may take on top: so long the wire takes at most to find that the link is lost, or the robot to be heard again.</summary>
    public TimeSpan SilencePatience { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>For the profile's list of protective stops.</summary>
    public TimeSpan ProtectiveStopDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a request may take on top of its own deadline before it counts as not answered.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a fault may take to heal before a person is asked.</summary>
    public TimeSpan HealDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a person may take to answer.</summary>
    public TimeSpan AnswerDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Recoveries that one fault code may cost in an episode.</summary>
    public int RecoveriesPerFault { get; init; } = 5;

    /// <summary>Recoveries in an episode, all causes together; after them a person is asked.</summary>
    public int RecoveriesPerEpisode { get; init; } = 25;

    /// <summary>Goals in a row that an actuator may fail at before its breaker opens.</summary>
    public int BreakerFailures { get; init; } = 5;

    public int RepairsPerStep { get; init; } = 3;

    public int RepairsOfGoal { get; init; } = 2;

    /// <summary>How deep a repair may be repaired.</summary>
    public int RepairDepth { get; init; } = 2;
}
