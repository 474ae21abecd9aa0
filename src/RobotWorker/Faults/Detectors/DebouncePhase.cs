namespace RobotWorker.Faults.Detectors;

/// <summary>How far a monitored event is qualified (AUTOSAR CP, Specification of Diagnostic Event Manager, "Debouncing of diagnostic events").</summary>
public enum DebouncePhase
{
    /// <summary>Well.</summary>
    Passed,

    /// <summary>Found wrong, not for long enough yet.</summary>
    Prefailed,

    /// <summary>Confirmed.</summary>
    Failed,

    /// <summary>Confirmed and found right again, not for long enough yet.</summary>
    Prepassed,
}

/// <summary>What a debounce remembers.</summary>
/// <param name="Since">Since when it has been prefailed or prepassed, by time.</param>
/// <param name="Counter">By count: up towards failed, down towards passed.</param>
public readonly record struct DebounceState(DebouncePhase Phase, RobotWorker.Time.RobotTime Since, int Counter)
{
    /// <summary>Confirmed, and not healed.</summary>
    public bool Confirmed => Phase is DebouncePhase.Failed or DebouncePhase.Prepassed;
}
