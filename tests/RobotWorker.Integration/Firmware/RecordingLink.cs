using RobotWorker.Firmware.Links;

namespace RobotWorker.Integration.Firmware;

/// <summary>Keeps what is written, and passes it on or not.</summary>
internal sealed class RecordingLink(IByteLink inner) : IByteLink
{
    public string Name => inner.Name;

    public bool Delivers { get; init; } = true;

    public List<byte[]> Written { get; } = [];

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        Written.Add(bytes.ToArray());
        if (Delivers) inner.Write(bytes, within);
    }

    public int Read(Span<byte> buffer, TimeSpan within) => inner.Read(buffer, within);

    public void DiscardInput() => inner.DiscardInput();

    public void Dispose() => inner.Dispose();
}
