namespace RobotWorker.Execution.Core;

public enum TimerKind
{
    PlanDeadline,
    StepDeadline,
    BackOff,
    WaitDeadline,
    Ageing,
    Accept,
    Progress,

    /// <summary>Cancelled attempts must have ended.</summary>
    Cancel,

    /// <summary>A request to the robot must have been answered.</summary>
    Request,

    /// <summary>Faults must have healed.</summary>
    Heal,
    Answer,
}

/// <summary>Something that becomes due. They are ordered by time, then by the order in which they were set.</summary>
/// <param name="Due">Watchdog time since the episode began.</param>
/// <param name="Subject">The node's or the request's number.</param>
public sealed record TimerEntry(TimeSpan Due, long Sequence, TimerKind Kind, int Subject) : IComparable<TimerEntry>
{
    public int CompareTo(TimerEntry? other) =>
        other is null ? 1 : Due != other.Due ? Due.CompareTo(other.Due) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(TimerEntry a, TimerEntry b) => a.CompareTo(b) < 0;

    public static bool operator >(TimerEntry a, TimerEntry b) => a.CompareTo(b) > 0;

    public static bool operator <=(TimerEntry a, TimerEntry b) => a.CompareTo(b) <= 0;

    public static bool operator >=(TimerEntry a, TimerEntry b) => a.CompareTo(b) >= 0;
}
