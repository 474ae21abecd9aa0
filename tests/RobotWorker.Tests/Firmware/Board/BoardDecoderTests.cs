using CsCheck;
using RobotWorker.Firmware.Board;

namespace RobotWorker.Tests.Firmware.Board;

public sealed class BoardDecoderTests
{
    private static readonly byte[] Heartbeat = Bytes(new(BoardFrameType.Heartbeat, 9, 0x12345678, [0xAA, 0x55]));

    [Test]
    public void Frame_InAnyPortions_IsTaken() => Gen.Int[1, 12].Array[1, 40].Sample(portions =>
    {
        var decoder = new BoardDecoder();
        var (taken, at) = (0, 0);
        byte[] stream = [.. Enumerable.Repeat(Heartbeat, 5).SelectMany(b => b)];
        foreach (var portion in portions.Append(stream.Length))
        {
            ReadOnlySpan<byte> bytes = stream.AsSpan(at, Math.Min(portion, stream.Length - at));
            at += bytes.Length;
            while (decoder.TryTake(ref bytes, out var frame)) taken += frame.Session == 0x12345678 && frame.Body.SequenceEqual<byte>([0xAA, 0x55]) ? 1 : 100;
        }
        return taken == 5 && decoder.Damaged == 0;
    });

    [Test]
    public void Frame_AfterGarbage_IsTaken() => Gen.Byte.Array[0, 300].Sample(garbage =>
    {
        var decoder = new BoardDecoder();
        ReadOnlySpan<byte> bytes = (byte[])[.. garbage, 0, .. Heartbeat];
        var sequences = new List<byte>();
        while (decoder.TryTake(ref bytes, out var frame)) sequences.Add(frame.Sequence);
        return sequences.Count > 0 && sequences[^1] == 9;
    });

    [Test]
    public void Frame_AnyBitFlipped_IsNotTaken()
    {
        for (var bit = 0; bit < (Heartbeat.Length - 1) * 8; bit++)
        {
            var wrong = Heartbeat.ToArray();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadOnlySpan<byte> bytes = wrong;
            Assert.That(new BoardDecoder().TryTake(ref bytes, out _), Is.False, $"bit {bit}");
        }
    }

    [Test]
    public void Frame_TooLong_IsCountedAndSkipped()
    {
        var decoder = new BoardDecoder();
        ReadOnlySpan<byte> bytes = (byte[])[0, .. Enumerable.Repeat((byte)3, 1000), 0, .. Heartbeat];

        Assert.That(decoder.TryTake(ref bytes, out var frame));
        Assert.That((frame.Sequence, decoder.Damaged), Is.EqualTo(((byte)9, 1L)));
    }

    [Test]
    public void Taking_AllocatesNothing()
    {
        var decoder = new BoardDecoder();
        byte[] stream = [.. Enumerable.Repeat(Heartbeat, 100).SelectMany(b => b)];
        Take(decoder, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Take(decoder, stream);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Take(BoardDecoder decoder, byte[] stream)
    {
        ReadOnlySpan<byte> bytes = stream;
        while (decoder.TryTake(ref bytes, out _))
        {
        }
    }

    private static byte[] Bytes(in BoardFrame frame)
    {
        var into = new byte[BoardFrame.MostBytes];
        return into[..frame.Write(into)];
    }
}
