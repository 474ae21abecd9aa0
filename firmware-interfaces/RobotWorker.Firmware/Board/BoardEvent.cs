namespace RobotWorker.Firmware.Board;

/// <summary>Something that changed at the board, seen by the host.</summary>
public abstract record BoardEvent
{
    /// <summary>A first status, or one after silence.</summary>
    public sealed record Heard : BoardEvent;

    /// <summary>No status for <see cref="SafetyBoardOptions.Silence"/>: the board stalled, its cable is pulled, or the wire is noise. By itself it goes to safe.</summary>
    public sealed record Silent : BoardEvent;

    /// <summary>It has started anew since its last status, and is safe.</summary>
    public sealed record Restarted(ResetCause Cause) : BoardEvent;

    /// <summary>Its state is another one.</summary>
    /// <param name="HostMissed">From armed to safe because it did not hear this host.</param>
    public sealed record Changed(BoardState From, BoardState To, bool HostMissed) : BoardEvent;

    /// <summary>The contact of the emergency stop opened or closed; the latch follows after its debounce.</summary>
    public sealed record Contact(bool Open) : BoardEvent;

    public sealed record Answered(BoardCommand Command, BoardAnswer Answer) : BoardEvent;

    /// <summary>A command was sent as often as it may be, and never answered: whether it was done, the status tells.</summary>
    public sealed record NotAnswered(BoardCommand Command) : BoardEvent;
}
