using System.Buffers;

namespace RobotWorker.Firmware.Links;

/// <summary>
/// A link to a device in memory. Nothing happens while a caller waits, so a read that finds nothing returns at once; instead it is reckoned how long the wire was busy (10 bits a byte, 8N1) and how
/// long was waited in vain.
/// </summary>
/// <param name="baud">Bits a second.</param>
public sealed class MemoryLink(string name, IByteDevice device, double baud) : IByteLink
{
    private const double BitsPerByte = 10;

    private readonly ArrayBufferWriter<byte> answers = new();
    private int taken;

    public string Name { get; } = name;

    /// <summary>Seconds that the bytes so far would have taken on the wire, and the waits for bytes that never came.</summary>
    public double BusySeconds { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        if (taken == answers.WrittenCount) DiscardInput();
        BusySeconds += bytes.Length * BitsPerByte / baud;
        device.Receive(bytes, answers);
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var waiting = answers.WrittenSpan[taken..];
        var count = Math.Min(waiting.Length, buffer.Length);
        waiting[..count].CopyTo(buffer);
        taken += count;
        BusySeconds += count == 0 ? within.TotalSeconds : count * BitsPerByte / baud;
        return count;
    }

    public void DiscardInput()
    {
        answers.ResetWrittenCount();
        taken = 0;
    }

    public void Dispose()
    {
    }
}
