using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Each transaction takes a millisecond of the servos' time too.</summary>
internal sealed class TickingLink(IByteLink link, ServoBench bench) : IByteLink
{
    public string Name => link.Name;

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        bench.Advance(0.001);
        link.Write(bytes, within);
    }

    public int Read(Span<byte> buffer, TimeSpan within) => link.Read(buffer, within);

    public void DiscardInput() => link.DiscardInput();

    public void Dispose() => link.Dispose();
}
