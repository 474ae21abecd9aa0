using System.Buffers;

namespace RobotWorker.Firmware.Links;

/// <summary>What sits at the other end of a link, such as an emulated bus of servos: it takes bytes as they come, in any portions, and writes what it answers.</summary>
public interface IByteDevice
{
    void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers);
}
