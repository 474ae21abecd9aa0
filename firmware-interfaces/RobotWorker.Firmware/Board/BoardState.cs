namespace RobotWorker.Firmware.Board;

/// <summary>The board's own state; its relay, and with it the drives' power, is closed in <see cref="Armed"/> alone (and while an emergency stop holds, for as long as it was told to).</summary>
public enum BoardState : byte
{
    /// <summary>The relay is open. So it starts, and so it falls back when the host is silent.</summary>
    Safe = 1,

    /// <summary>The relay is closed for as long as the host answers.</summary>
    Armed = 2,

    /// <summary>An emergency stop is latched; it takes a reset, and then arming.</summary>
    Stopped = 3,
}
