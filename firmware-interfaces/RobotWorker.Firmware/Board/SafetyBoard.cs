using System.Buffers.Binary;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Board;

/// <summary>
/// The host's side of the safety board. Each status is answered at once by a heartbeat that only this status' receiver can give; the board lets go of the drives when none comes for 100 ms.
/// Not a safety function by ISO 13849: the board's own wiring stops, this only tells and asks. One thread at a time.
/// </summary>
/// <param name="isFit">Whether what drives the robot is well: while it is not, no heartbeat is sent, and the board stops the robot.</param>
public sealed class SafetyBoard(IByteLink link, TimeProvider time, SafetyBoardOptions? options = null, Func<bool>? isFit = null)
{
    /// <summary>Of its serial port (RW_BAUD in board.h).</summary>
    public const int Baud = 115_200;

    private readonly SafetyBoardOptions options = options ?? SafetyBoardOptions.Default;
    private readonly BoardDecoder decoder = new();
    private readonly byte[] incoming = new byte[512];
    private readonly byte[] outgoing = new byte[BoardFrame.MostBytes];
    private long heardAt;
    private bool isHeard;
    private byte sequence;
    private Pending? pending;

    private sealed record Pending(BoardCommand Command, ushort Argument, byte Sequence, long SentAt, int Attempts);

    /// <summary>The last one; null before the first.</summary>
    public BoardStatus? Status { get; private set; }

    /// <summary>Whether a status came within <see cref="SafetyBoardOptions.Silence"/>, as of the last <see cref="Poll"/>.</summary>
    public bool IsHeard => isHeard;

    /// <summary>Frames from the board that were damaged.</summary>
    public long Damaged => decoder.Damaged;

    /// <summary>Takes in what has come, answers it, and waits for more if there is nothing yet.</summary>
    /// <param name="within">The longest wait; keep it below <see cref="SafetyBoardOptions.Silence"/>.</param>
    /// <exception cref="ByteLinkException">The link is gone.</exception>
    public IReadOnlyList<BoardEvent> Poll(TimeSpan within)
    {
        var events = new List<BoardEvent>();
        ReadOnlySpan<byte> bytes = incoming.AsSpan(0, link.Read(incoming, within));
        while (decoder.TryTake(ref bytes, out var frame))
        {
            if (BoardStatus.Read(frame) is { } status) Take(status, events);
            else if (frame.Type == BoardFrameType.Acknowledgement && frame.Body.Length == 2) TakeAnswer(frame, events);
        }
        if (isHeard && time.GetElapsedTime(heardAt) > options.Silence)
        {
            isHeard = false;
            events.Add(new BoardEvent.Silent());
        }
        SendAgain(events);
        return events;
    }

    /// <summary>Asks the board for something; a later <see cref="Poll"/> tells what it answered. A newer command replaces one that was not answered yet.</summary>
    /// <param name="argument">For <see cref="BoardCommand.SetHold"/>.</param>
    /// <returns>False where there is no board to ask: none was heard, or it is silent.</returns>
    /// <exception cref="ByteLinkException">The link is gone.</exception>
    public bool Send(BoardCommand command, TimeSpan argument = default)
    {
        if (Status is null || !isHeard) return false;
        Transmit(command, checked((ushort)argument.TotalMilliseconds), 1);
        return true;
    }

    private void Take(BoardStatus status, List<BoardEvent> events)
    {
        var last = Status;
        Status = status;
        heardAt = time.GetTimestamp();
        if (!isHeard) events.Add(new BoardEvent.Heard());
        isHeard = true;
        var isRestarted = last is not null && last.Session != status.Session;
        if (isRestarted)
        {
            events.Add(new BoardEvent.Restarted(status.ResetCause));
            Forget(events);
        }
        if (last is not null && last.State != status.State)
            events.Add(new BoardEvent.Changed(last.State, status.State, !isRestarted && last.State == BoardState.Armed && status is { State: BoardState.Safe, HostHeard: false }));
        if ((last?.InputOpen ?? false) != status.InputOpen) events.Add(new BoardEvent.Contact(status.InputOpen));
        if (isFit?.Invoke() ?? true) Answer(status.Challenge);
    }

    private void Answer(ushort challenge)
    {
        Span<byte> body = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)~challenge);
        Write(BoardFrameType.Heartbeat, body);
    }

    private void TakeAnswer(in BoardFrame frame, List<BoardEvent> events)
    {
        if (pending is null || frame.Session != Status?.Session || frame.Body[0] != pending.Sequence) return;
        events.Add(new BoardEvent.Answered(pending.Command, (BoardAnswer)frame.Body[1]));
        pending = null;
    }

    private void SendAgain(List<BoardEvent> events)
    {
        if (pending is not { } waiting || time.GetElapsedTime(waiting.SentAt) < options.Silence) return;
        if (waiting.Attempts >= options.Attempts || !isHeard) Forget(events);
        else Transmit(waiting.Command, waiting.Argument, waiting.Attempts + 1);
    }

    private void Forget(List<BoardEvent> events)
    {
        if (pending is { } waiting) events.Add(new BoardEvent.NotAnswered(waiting.Command));
        pending = null;
    }

    private void Transmit(BoardCommand command, ushort argument, int attempts)
    {
        Span<byte> body = stackalloc byte[BoardCommandBody.Length];
        BoardCommandBody.Write(body, command, Status!.UptimeMilliseconds, (ushort)options.TimeToLive.TotalMilliseconds, argument);
        pending = new(command, argument, sequence, time.GetTimestamp(), attempts);
        Write(BoardFrameType.Command, body);
    }

    private void Write(BoardFrameType type, ReadOnlySpan<byte> body)
    {
        var length = new BoardFrame(type, sequence++, Status!.Session, body).Write(outgoing);
        link.Write(outgoing.AsSpan(0, length), options.Silence);
    }
}
