using RobotWorker.Firmware.Mavlink;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Mavlink;

public sealed class MavlinkDecoderTests
{
    // As long as the longest frame: a start byte in garbage is known to be none by then.
    private const int Quiet = 280;

    private static readonly byte[] Noise = [0xFD, 0xFD, 0x00, 0x00, 0x01, 0x09, 0xFF, 0x1F];

    // Not the product's own writer alone: frames of the package node-mavlink (see MavlinkReaderTests).
    [Test]
    public void NaiveParser_FindsTheFramesOfAnIndependentWriter()
    {
        var stream = Hex.Bytes("fd090000000701000000000000000a038104032a7f fd0800000107011e000000000000cdcccc3da468 fd1f00000207010100003f0000002f0000003b000000a5011261d2040000000000000000000000004c70c1");
        Assert.That(NaiveMavlink.Frames(stream, stream.Length).Select(frame => (frame[0], frame[1], frame.Length)), Is.EqualTo(new[] { ((byte)0, (byte)7, 11), ((byte)1, (byte)7, 33) }));
    }

    // A flag that a reader does not know may mean other bytes: "discard the packet" (MAVLink 2, incompatibility flags).
    [TestCase(0, ExpectedResult = 1)]
    [TestCase(2, ExpectedResult = 0)]
    [TestCase(0x80, ExpectedResult = 0)]
    public int TryNext_WithAnUnknownFlag_LeavesTheFrame(byte flags)
    {
        var frame = new byte[40];
        var length = NaiveMavlink.Write(frame, flags, 1, 0, new byte[9], isSigned: false, new Random(1));
        var decoder = new MavlinkDecoder();
        decoder.Take(frame.AsSpan(0, length));
        return decoder.TryNext(out _) ? 1 : 0;
    }

    [Test]
    public void TryNext_WithATrueFrameInsideAFalseOne_FindsIt()
    {
        var decoder = new MavlinkDecoder();
        decoder.Take([.. Hex.Bytes("FD 20 00 00 00 01 01 00 00 00"), .. Hex.Bytes("fd090000000701000000000000000a038104032a7f"), .. new byte[40]]);

        Assert.That(decoder.TryNext(out var frame));
        Assert.That((frame.Message, frame.System), Is.EqualTo((0, (byte)7)));
    }

    [Test]
    public void Decoder_OnMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(20_000_000);

    [Test]
    [Category("Slow")]
    public void Decoder_OnABillionBytesOfMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(1_000_000_000);

    [Test]
    public void Decoding_AllocatesNothing()
    {
        var decoder = new MavlinkDecoder();
        var stream = new MutatedStream(seed: 3);
        stream.Fill(Write, Noise);
        var frames = Take(decoder, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var again = Take(decoder, stream);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(again, Is.EqualTo(frames).And.GreaterThan(300));
    }

    private static int Take(MavlinkDecoder decoder, MutatedStream stream)
    {
        var frames = 0;
        decoder.Clear();
        for (var rest = stream.Bytes.AsSpan(0, stream.Count); rest.Length > 0;)
        {
            rest = rest[decoder.Take(rest)..];
            while (decoder.TryNext(out _)) frames++;
        }

        return frames;
    }

    private static void Fuzz(long bytes)
    {
        var stream = new MutatedStream(seed: 13);
        var decoder = new MavlinkDecoder();
        long total = 0, frames = 0;
        while (total < bytes)
        {
            stream.Fill(Write, Noise);
            stream.Quieten(Quiet);
            var (wanted, count) = (0UL, 0);
            foreach (var frame in NaiveMavlink.Frames(stream.Bytes, stream.Count))
            {
                wanted = MutatedStream.Digest(wanted, frame);
                count++;
            }

            // Nothing is cleared between streams: what one left behind must not cost the next one its first frame.
            var (found, seen) = (0UL, 0);
            for (var rest = stream.Bytes.AsSpan(0, stream.Count); rest.Length > 0;)
            {
                rest = rest[decoder.Take(rest[..stream.Portion(rest.Length)])..];
                while (decoder.TryNext(out var frame))
                {
                    found = MutatedStream.Digest(found, [(byte)frame.Message, frame.System]);
                    found = MutatedStream.Digest(found, frame.Payload);
                    seen++;
                }
            }

            if ((found, seen) != (wanted, count)) Assert.Fail($"after {total} bytes: {seen} frames where the naive parser finds {count}");
            total += stream.Count;
            frames += count;
        }

        TestContext.Out.WriteLine($"{total} bytes, {frames} frames");
        Assert.That(frames, Is.GreaterThan(bytes / 200));
    }

    // One in four is another message, one in sixteen bears a flag that nobody knows; few are as long as can be.
    private static int Write(Random random, Span<byte> frame)
    {
        Span<byte> payload = stackalloc byte[random.Next(32) == 0 ? 1 + random.Next(255) : 1 + random.Next(43)];
        random.NextBytes(payload);
        for (var i = random.Next(4); i > 0; i--) payload[random.Next(payload.Length)] = Noise[random.Next(Noise.Length)];
        var message = random.Next(4) == 0 ? random.Next(3) == 0 ? 256 * random.Next(3) : 30 : random.Next(2);
        return NaiveMavlink.Write(frame, (byte)(random.Next(16) == 0 ? 1 << random.Next(1, 8) : 0), (byte)random.Next(256), message, payload, random.Next(4) == 0, random);
    }
}
