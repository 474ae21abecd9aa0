using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Servos;

/// <summary>A half-duplex bus: a question, and the frames that come within its time. What it counts is the bus's telemetry.</summary>
internal sealed class ServoWire<TFrame>(IByteLink link, TimeProvider time, ServoWireOptions options, FrameDecoder<TFrame> decoder, int longest) where TFrame : allows ref struct
{
    private readonly byte[] input = new byte[512];
    private long badChecksSeen;

    /// <summary>Where the next question is written.</summary>
    public byte[] Frame { get; } = new byte[longest];

    public BusStatistics Statistics { get; } = new();

    /// <summary>Frames so far whose check was wrong.</summary>
    public long BadChecks => decoder.BadChecks;

    /// <summary>Sends the first bytes of <see cref="Frame"/>.</summary>
    /// <param name="attempt">0, or the number of the try after.</param>
    public void Send(int length, int attempt = 0)
    {
        Statistics.Transactions++;
        if (attempt > 0) Statistics.Retries++;
        // A late answer to an earlier question must not be taken for this one's.
        link.DiscardInput();
        decoder.Clear();
        link.Write(Frame.AsSpan(0, length), options.SendWithin);
    }

    public ReplyWindow Window(TimeSpan within) => new(link, time, within);

    /// <summary>The next frame of a window.</summary>
    public bool TryFrame(ref ReplyWindow window, out TFrame frame)
    {
        while (!decoder.TryNext(out frame))
        {
            var count = window.Read(input);
            if (count == 0)
            {
                var isFound = decoder.TryNextAfterSilence(out frame);
                CountBadChecks();
                return isFound;
            }

            for (var bytes = input.AsSpan(0, count); bytes.Length > 0; bytes = bytes[decoder.Take(bytes)..])
            {
            }
        }

        CountBadChecks();
        return true;
    }

    public ServoBusException NoAnswer(byte id, string what) => new(
        ServoFailure.NoAnswer, id, $"servo {id} on {link.Name}: no valid answer to {what} after {options.Tries} tries of {options.AnswerWithin.TotalMilliseconds:0.#} ms. Look at its supply and cable, its id, and the baud rate.");

    private void CountBadChecks()
    {
        Statistics.BadChecks += decoder.BadChecks - badChecksSeen;
        badChecksSeen = decoder.BadChecks;
    }
}
