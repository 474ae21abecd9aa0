using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Servos;

/// <summary>The time in which an answer must come. It ends with the first read in vain, when it is over by the clock, or when more bytes came than any answer has: noise does not end by itself.</summary>
internal struct ReplyWindow(IByteLink link, TimeProvider time, TimeSpan within)
{
    private const int MostBytes = 8192;

    private readonly long began = time.GetTimestamp();
    private int bytes;

    /// <returns>How many bytes; 0: the time is over.</returns>
    public int Read(Span<byte> buffer)
    {
        var left = within - time.GetElapsedTime(began);
        if (left <= TimeSpan.Zero || bytes > MostBytes) return 0;
        var count = link.Read(buffer, left);
        bytes += count;
        return count;
    }
}
