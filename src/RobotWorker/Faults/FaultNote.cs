using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>Where a fault stands, as AUTOSAR's diagnostic event manager has it (AUTOSAR_SWS_DiagnosticEventManager, debouncing and event status).</summary>
public enum FaultStage
{
    /// <summary>A rule is violated, not yet for long enough.</summary>
    Prefailed,

    /// <summary>What began has passed again before it was confirmed.</summary>
    Passed,

    Confirmed,

    /// <summary>A person says that it is mended: an event from outside, which changes nothing by itself.</summary>
    Acknowledged,

    /// <summary>Its signals are right again, and the evidence that its policy asks for is there.</summary>
    Healed,

    /// <summary>It forbids nothing any more: at once where it heals by itself, else with a person's word.</summary>
    Cleared,
}

/// <summary>One change of a fault's stage, for recordings and whoever looks on. What the executor acts on are <see cref="IFaultListener"/>'s two calls.</summary>
public sealed record FaultNote(string Code, string Component, FaultStage Stage, RobotTime At);
