using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>Frames of STS servos. Instructions and answers have one form: the reader of the bus knows which it expects.</summary>
public sealed class StsDecoder(int longest = StsWire.LongestFrame) : FrameDecoder<StsFrame>(longest, [0xFF, 0xFF])
{
    protected override int TotalOf(ReadOnlySpan<byte> waiting)
    {
        if (waiting.Length < 4) return Unknown;
        // Three FF: the header may begin with the second.
        if (waiting[2] == 0xFF) return Shifted;
        int length = waiting[3];
        return length < 2 || length + 4 > Longest ? Noise : length + 4;
    }

    protected override bool IsValid(ReadOnlySpan<byte> whole) => StsWire.Checksum(whole[2..^1]) == whole[^1];

    protected override StsFrame Unpack(Span<byte> whole) => new(whole[2], whole[4], whole[5..^1]);
}
