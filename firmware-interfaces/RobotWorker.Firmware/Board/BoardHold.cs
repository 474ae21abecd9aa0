namespace RobotWorker.Firmware.Board;

/// <summary>Tells a board how long it waits between an emergency stop and the relay's opening, so that the servos can brake first; its own status alone says that it does.</summary>
public static class BoardHold
{
    /// <summary>RW_HOLD_MAX_MS in board.h.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Slice = TimeSpan.FromMilliseconds(20);

    /// <param name="board">One that is heard.</param>
    /// <returns>Null once its status says so; else why not.</returns>
    /// <exception cref="Links.ByteLinkException">The link is gone.</exception>
    public static string? Set(SafetyBoard board, TimeSpan hold, TimeProvider time, CancellationToken cancel)
    {
        if (!board.Send(BoardCommand.SetHold, hold)) return "the safety board is not heard";
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience && !cancel.IsCancellationRequested)
        {
            foreach (var e in board.Poll(Slice))
            {
                if (e is BoardEvent.Answered { Command: BoardCommand.SetHold, Answer: not BoardAnswer.Done and var refused }) return Why(refused);
                if (e is BoardEvent.NotAnswered { Command: BoardCommand.SetHold }) return "the safety board does not answer: look at its cable and its supply";
            }
            if (board.Status!.Hold == hold) return null;
        }
        return $"the safety board's status still says {board.Status!.Hold.TotalMilliseconds:0} ms";
    }

    /// <summary>For people: what such an answer to <see cref="BoardCommand.SetHold"/> means.</summary>
    internal static string Why(BoardAnswer? answer) => answer switch
    {
        BoardAnswer.NotAllowed => "the safety board takes another hold only while its relay is open: switch the power off first",
        BoardAnswer.Stale => "the safety board got it too late: the link is slow",
        null => "the safety board does not answer: look at its cable and its supply",
        _ => $"the safety board refuses it ({answer})",
    };
}
