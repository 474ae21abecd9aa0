using CsCheck;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Dynamixel;

public sealed class DynamixelDecoderTests
{
    private const int Longest = 256;
    private static readonly byte[] Noise = [0xFF, 0xFF, 0xFD, 0xFD, 0x00, 0x55, 0xFE, 0x01];

    private static readonly Gen<byte[]> Data = Gen.OneOf(Gen.Byte, Gen.Int[0, 7].Select(i => Noise[i])).Array[0, 60];

    // What a stuffing bug would trip over: patterns at the ends, twice in a row, overlapping, and stuffing of stuffing.
    [TestCase("FF FF FD")]
    [TestCase("FF FF FD FF FF FD")]
    [TestCase("FF FF FF FD")]
    [TestCase("FF FF FD FD")]
    [TestCase("FF FF FD FD FD")]
    [TestCase("00 FF FF FD 00 01 03 00 01 19 4E")]
    public void Stuffing_ComesBack(string data)
    {
        var bytes = Hex.Bytes(data);
        Assert.That(RoundTrip(1, bytes), Is.EqualTo(bytes));
    }

    [Test]
    public void AnyData_ComesBack_AndNeverHoldsAHeader() => Data.Sample(data =>
    {
        var frame = new byte[256];
        var length = DynamixelEncoder.Write(frame, 3, 116, data);
        return RoundTrip(3, data).AsSpan().SequenceEqual(data) && frame.AsSpan(4, length - 4 - 2).IndexOf(Hex.Bytes("FF FF FD 00")) < 0;
    });

    [Test]
    public void TryNext_AfterGarbage_FindsTheFirstFrame() => Gen.Select(Data, Gen.Byte[0, 252], Data).Sample((garbage, id, data) =>
    {
        var frame = new byte[256];
        var length = DynamixelEncoder.Write(frame, id, 116, data);
        var decoder = new DynamixelDecoder();
        decoder.Take(garbage);
        decoder.Take(frame.AsSpan(0, length));
        return decoder.TryNextAfterSilence(out var found) && found.Id == id && found.Parameters[2..].SequenceEqual(data);
    });

    [Test]
    public void TryNext_WithATrueFrameInsideAFalseOne_FindsIt()
    {
        var decoder = new DynamixelDecoder();
        decoder.Take(Hex.Bytes("FF FF FD 00 01 14 00 03 FF FF FD 00 01 03 00 01 19 4E 00 00 00 00 00 00 00 00 00 00"));

        Assert.That(decoder.TryNext(out var frame));
        Assert.That(frame.Instruction, Is.EqualTo(DynamixelInstruction.Ping));
    }

    [Test]
    public void Decoder_OnMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(20_000_000);

    [Test]
    [Category("Slow")]
    public void Decoder_OnABillionBytesOfMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(1_000_000_000);

    [Test]
    public void EncodingAndDecoding_AllocatesNothing()
    {
        var decoder = new DynamixelDecoder();
        var frame = new byte[128];
        var data = Hex.Bytes("FF FF FD FD 00 01 02 03");
        var before = 0L;
        var frames = 0;
        for (var i = 0; i < 20_000; i++)
        {
            if (i == 10_000) before = GC.GetAllocatedBytesForCurrentThread();
            decoder.Take(frame.AsSpan(0, DynamixelEncoder.Write(frame, 1, 116, data)));
            while (decoder.TryNext(out _)) frames++;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(frames, Is.EqualTo(20_000));
    }

    private static byte[] RoundTrip(byte id, byte[] data)
    {
        var frame = new byte[256];
        var length = DynamixelEncoder.Write(frame, id, 116, data);
        var decoder = new DynamixelDecoder();
        decoder.Take(frame.AsSpan(0, length));
        return decoder.TryNext(out var found) ? found.Parameters[2..].ToArray() : [];
    }

    private static void Fuzz(long bytes)
    {
        var stream = new MutatedStream(seed: 11);
        var decoder = new DynamixelDecoder(Longest);
        long total = 0, frames = 0;
        while (total < bytes)
        {
            stream.Fill(Write, Noise);
            var (wanted, count) = (0UL, 0);
            foreach (var frame in NaiveDynamixel.Frames(stream.Bytes, stream.Count, Longest))
            {
                wanted = MutatedStream.Digest(wanted, frame);
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

    private static void Count(DynamixelFrame frame, ref ulong digest, ref int count)
    {
        digest = MutatedStream.Digest(digest, [frame.Id, (byte)frame.Instruction]);
        digest = MutatedStream.Digest(digest, frame.Parameters);
        count++;
    }

    private static int Write(Random random, Span<byte> frame)
    {
        Span<byte> data = stackalloc byte[random.Next(40)];
        random.NextBytes(data);
        for (var i = random.Next(4); i > 0 && data.Length > 0; i--) data[random.Next(data.Length)] = Noise[random.Next(Noise.Length)];
        if (data.Length > 6 && random.Next(4) == 0) Hex.Bytes("FF FF FD 00").CopyTo(data[(random.Next(data.Length - 4))..]);
        return random.Next(2) == 0 ? DynamixelEncoder.Status(frame, (byte)random.Next(255), (byte)random.Next(256), data) : DynamixelEncoder.Write(frame, (byte)random.Next(255), 116, data);
    }
}
