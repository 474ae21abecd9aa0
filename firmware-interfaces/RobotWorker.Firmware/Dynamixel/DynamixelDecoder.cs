using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>Frames of Protocol 2.0, unstuffed.</summary>
public sealed class DynamixelDecoder(int longest = DynamixelWire.LongestFrame) : FrameDecoder<DynamixelFrame>(longest, [0xFF, 0xFF, 0xFD, 0x00])
{
    private const int Overhead = 7;

    protected override int TotalOf(ReadOnlySpan<byte> waiting)
    {
        if (waiting.Length < Overhead) return Unknown;
        var total = Overhead + waiting[5] + (waiting[6] << 8);
        return total > Longest || total < DynamixelWire.ShortestFrame || waiting[4] > DynamixelWire.Broadcast ? Noise : total;
    }

    protected override bool IsValid(ReadOnlySpan<byte> whole) => DynamixelWire.Crc(whole[..^2]) == (whole[^2] | (whole[^1] << 8));

    protected override DynamixelFrame Unpack(Span<byte> whole)
    {
        var instruction = (DynamixelInstruction)whole[Overhead];
        var parameters = whole[(Overhead + 1)..^2];

        // What many servos answer as one to a fast read is not stuffed (manual of Protocol 2.0).
        var isFast = instruction == DynamixelInstruction.Status && whole[4] == DynamixelWire.Broadcast;
        return new(whole[4], instruction, isFast ? parameters : parameters[..Unstuff(parameters, whole[Overhead])]);
    }

    private static int Unstuff(Span<byte> body, uint last)
    {
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (last == 0xFFFFFD && body[i] == 0xFD)
            {
                last = 0;
                continue;
            }

            last = ((last << 8) | body[i]) & 0xFFFFFF;
            body[length++] = body[i];
        }

        return length;
    }
}
