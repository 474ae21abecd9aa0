using CsCheck;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Feetech;

public sealed class StsDecoderTests
{
    private static readonly byte[] Noise = [0xFF, 0xFF, 0xFF, 0x01, 0x02, 0x04, 0xFE, 0x00];

    [Test]
    public void TryNext_BehindAFalseHeaderWithALongLength_FindsTheFrameAfterSilence()
    {
        var decoder = new StsDecoder();
        decoder.Take(Hex.Bytes("FF FF 01 C8 03 FF FF 01 02 01 FB"));

        Assert.That(decoder.TryNext(out _), Is.False, "the false frame may go on");
        Assert.That(decoder.TryNextAfterSilence(out var frame));
        Assert.That((frame.Id, frame.Instruction), Is.EqualTo(((byte)1, StsInstruction.Ping)));
    }

    [Test]
    public void TryNext_WithALengthBeyondTheLongestExpected_DoesNotWaitForIt()
    {
        var decoder = new StsDecoder(longest: 40);
        decoder.Take(Hex.Bytes("FF FF 01 C8 03 FF FF 01 02 01 FB"));

        Assert.That(decoder.TryNext(out var frame));
        Assert.That(frame.Instruction, Is.EqualTo(StsInstruction.Ping));
    }

    [Test]
    public void TryNext_AfterGarbage_FindsTheFirstFrame() => Gen.Select(Gen.OneOf(Gen.Byte, Gen.Int[0, 7].Select(i => Noise[i])).Array[0, 60], Gen.Byte[0, 253], Gen.Byte.Array[0, 40]).Sample((garbage, id, data) =>
    {
        var frame = new byte[64];
        var length = StsEncoder.Write(frame, id, 42, data);
        var decoder = new StsDecoder();
        decoder.Take(garbage);
        decoder.Take(frame.AsSpan(0, length));
        while (decoder.TryNextAfterSilence(out var found))
        {
            // One in 256 pieces of garbage is a frame itself, by its weak checksum, and may reach into the true one.
            var isTrue = found.Id == id && found.Instruction == StsInstruction.Write && found.Parameters[1..].SequenceEqual(data);
            if (isTrue || NaiveSts.Frames([.. garbage, .. frame[..length]], garbage.Length + length, isSilent: true).First().Offset < garbage.Length) return true;
        }

        return false;
    });

    [Test]
    public void Decoder_OnMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(40_000_000);

    [Test]
    [Category("Slow")]
    public void Decoder_OnABillionBytesOfMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(1_000_000_000);

    [Test]
    public void EncodingAndDecoding_AllocatesNothing()
    {
        var decoder = new StsDecoder();
        var frame = new byte[64];
        byte[] ids = [1, 2, 3, 4, 5, 6];
        var before = 0L;
        var frames = 0;
        for (var i = 0; i < 20_000; i++)
        {
            if (i == 10_000) before = GC.GetAllocatedBytesForCurrentThread();
            decoder.Take(frame.AsSpan(0, StsEncoder.SyncRead(frame, 56, 15, ids)));
            while (decoder.TryNext(out _)) frames++;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(frames, Is.EqualTo(20_000));
    }

    private static void Fuzz(long bytes)
    {
        var stream = new MutatedStream(seed: 7);
        var decoder = new StsDecoder();
        long total = 0, frames = 0;
        while (total < bytes)
        {
            stream.Fill(Write, Noise);
            var (wanted, count) = (0UL, 0);
            foreach (var frame in NaiveSts.Frames(stream.Bytes, stream.Count, isSilent: true))
            {
                wanted = MutatedStream.Digest(wanted, frame.AsSpan()[2..^1]);
                count++;
            }

            var (found, seen) = (0UL, 0);
            for (var rest = stream.Bytes.AsSpan(0, stream.Count); rest.Length > 0;)
            {
                rest = rest[decoder.Take(rest[..stream.Portion(rest.Length)])..];
                while (decoder.TryNext(out var frame)) Count(frame, ref found, ref seen);
            }

            while (decoder.TryNextAfterSilence(out var frame)) Count(frame, ref found, ref seen);
            decoder.Clear();
            if ((found, seen) != (wanted, count)) Assert.Fail($"after {total} bytes: {seen} frames where the naive parser finds {count}");
            total += stream.Count;
            frames += count;
        }

        TestContext.Out.WriteLine($"{total} bytes, {frames} frames");
        Assert.That(frames, Is.GreaterThan(bytes / 100));
    }

    private static void Count(StsFrame frame, ref ulong digest, ref int count)
    {
        digest = MutatedStream.Digest(digest, [frame.Id, (byte)(frame.Parameters.Length + 2), frame.Code]);
        digest = MutatedStream.Digest(digest, frame.Parameters);
        count++;
    }

    private static int Write(Random random, Span<byte> frame)
    {
        Span<byte> data = stackalloc byte[random.Next(40)];
        random.NextBytes(data);
        if (data.Length > 4 && random.Next(4) == 0) data[..4].Fill(0xFF);
        return StsEncoder.Status(frame, (byte)random.Next(254), (byte)random.Next(64), data);
    }
}
