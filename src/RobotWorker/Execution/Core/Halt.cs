using System.Collections.Immutable;
using RobotWorker.Faults;
using RobotWorker.Time;

namespace RobotWorker.Execution.Core;

/// <summary>The steps of a stop, in order. Nothing starts before the last.</summary>
public enum HaltPhase
{
    /// <summary>Attempts are cancelled; their ends are awaited.</summary>
    Cancelling,

    /// <summary>The robot is watched until it is still.</summary>
    ConfirmingStill,

    /// <summary>It did not stop in time.</summary>
    ProtectiveStop,

    /// <summary>It stands still.</summary>
    Still,
    Paused,

    /// <summary>Faults must heal first.</summary>
    Healing,

    /// <summary>Looks at what the unsettled steps have done, one after the other.</summary>
    Looking,
    Planning,
    Asking,
}

/// <summary>What a question is about.</summary>
public enum AskAbout
{
    Step,
    Fault,
    ProtectiveStop,
    Goal,
    Intervention,
    HandBack,
}

/// <summary>The robot stops, stands still, and what follows is decided, before anything moves again.</summary>
/// <param name="Unsettled">Nodes whose effect is not known, by number; <see cref="NodeState.Goal"/> for the plan's goal.</param>
public sealed record Halt(HaltPhase Phase, ImmutableSortedSet<int> Unsettled)
{
    /// <summary>The request that it waits for, or 0.</summary>
    public int Request { get; init; }

    /// <summary>The node that the request is about.</summary>
    public int Subject { get; init; }

    public AskAbout About { get; init; }

    /// <summary>Facts count from here on: the robot was still, and what ailed it healed.</summary>
    public RobotTime Since { get; init; }

    /// <summary>The protective stop was needed; a person must let it go on.</summary>
    public bool Protective { get; init; }

    /// <summary>It was not seen to stand still, not even after the protective stop, and must be before anything is looked at.</summary>
    public bool Unseen { get; init; }

    /// <summary>Somebody else had the robot; a person must let it go on.</summary>
    public bool HandBack { get; init; }

    /// <summary>The fault that a person is asked about, or said was mended; it still has to be seen to be.</summary>
    public Fault? Fault { get; init; }

    /// <summary>A person said that <see cref="Fault"/> is mended.</summary>
    public bool Acknowledged { get; init; }

    /// <summary>What went wrong with the protective stop, or null.</summary>
    public string? StopError { get; init; }

    /// <summary>What went wrong with the last look, or null.</summary>
    public string? LookError { get; init; }

    public TimerEntry? Timer { get; init; }
}
