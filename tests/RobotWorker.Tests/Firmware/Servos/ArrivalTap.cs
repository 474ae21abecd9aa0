using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Sits behind the noisy cable, where the servos are: what became of the last frame?</summary>
internal sealed class ArrivalTap(IByteLink servos) : IByteLink
{
    private byte[] buffer = new byte[1024];
    private int count;

    public string Name => servos.Name;

    public ReadOnlySpan<byte> Arrived => buffer.AsSpan(0, count);

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        if (buffer.Length < bytes.Length) buffer = new byte[bytes.Length];
        bytes.CopyTo(buffer);
        count = bytes.Length;
        servos.Write(bytes, within);
    }

    public int Read(Span<byte> into, TimeSpan within) => servos.Read(into, within);

    public void DiscardInput() => servos.DiscardInput();

    public void Dispose() => servos.Dispose();
}
