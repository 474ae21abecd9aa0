using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Another host's doing: every write of a goal arrives with another goal, and a right check.</summary>
internal sealed class DeafTo(IByteLink link, ServoMake make) : IByteLink
{
    public string Name => link.Name;

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        var changed = bytes.ToArray();
        if (make == ServoMake.Feetech && changed[4] == 0x03 && changed[5] == 42)
        {
            changed[6] ^= 0x40;
            changed[^1] = RobotWorker.Firmware.Feetech.StsWire.Checksum(changed.AsSpan(2, changed.Length - 3));
        }
        else if (make == ServoMake.Dynamixel && changed[7] == 0x03 && changed[8] == 112)
        {
            changed[14] ^= 0x40;
            var crc = RobotWorker.Firmware.Dynamixel.DynamixelWire.Crc(changed.AsSpan(0, changed.Length - 2));
            (changed[^2], changed[^1]) = ((byte)crc, (byte)(crc >> 8));
        }

        link.Write(changed, within);
    }

    public int Read(Span<byte> buffer, TimeSpan within) => link.Read(buffer, within);

    public void DiscardInput() => link.DiscardInput();

    public void Dispose() => link.Dispose();
}
