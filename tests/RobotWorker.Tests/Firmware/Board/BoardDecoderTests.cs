using CsCheck;
using RobotWorker.Firmware.Board;
using RobotWorker.Tests.Firmware.Servos;

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
    public void Decoder_OnMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(20_000_000);

    [Test]
    [Category("Slow")]
    public void Decoder_OnABillionBytesOfMutatedStreams_FindsWhatTheNaiveParserFinds() => Fuzz(1_000_000_000);

    [Test]
    public void Taking_AllocatesNothing()
    {
        var decoder = new BoardDecoder();
        var stream = new MutatedStream(seed: 3);
        stream.Fill(BoardStream.Write, BoardStream.Noise);
        stream.Quieten(1);
        var frames = Take(decoder, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var again = Take(decoder, stream);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(again, Is.EqualTo(frames).And.GreaterThan(300));
    }

    private static int Take(BoardDecoder decoder, MutatedStream stream)
    {
        var frames = 0;
        ReadOnlySpan<byte> bytes = stream.Bytes.AsSpan(0, stream.Count);
        while (decoder.TryTake(ref bytes, out _)) frames++;
        return frames;
    }

    private static void Fuzz(long bytes)
    {
        var stream = new MutatedStream(seed: 17);
        var decoder = new BoardDecoder();
        // What comes before the first zero is not counted as damaged.
        ReadOnlySpan<byte> first = [0];
        decoder.TryTake(ref first, out _);
        long total = 0, frames = 0, damaged = 0;
        while (total < bytes)
        {
            stream.Fill(BoardStream.Write, BoardStream.Noise);
            // The zero that ends the last piece, whatever it is.
            stream.Quieten(1);
            var wanted = 0UL;
            var naive = NaiveBoard.Frames(stream.Bytes.AsSpan(0, stream.Count), out var wrong);
            foreach (var frame in naive) wanted = MutatedStream.Digest(wanted, frame);

            var (found, seen) = (0UL, 0);
            for (var at = 0; at < stream.Count;)
            {
                ReadOnlySpan<byte> portion = stream.Bytes.AsSpan(at, stream.Portion(stream.Count - at));
                at += portion.Length;
                while (decoder.TryTake(ref portion, out var frame))
                {
                    found = MutatedStream.Digest(found, [(byte)frame.Type, frame.Sequence, (byte)frame.Session, (byte)(frame.Session >> 8), (byte)(frame.Session >> 16), (byte)(frame.Session >> 24)]);
                    found = MutatedStream.Digest(found, frame.Body);
                    seen++;
                }
            }

            damaged += wrong;
            if ((found, seen, decoder.Damaged) != (wanted, naive.Count, damaged))
                Assert.Fail($"after {total} bytes: {seen} frames and {decoder.Damaged} damaged where the naive parser finds {naive.Count} and {damaged}");
            total += stream.Count;
            frames += seen;
        }

        TestContext.Out.WriteLine($"{total} bytes, {frames} frames, {damaged} damaged");
        Assert.That(frames, Is.GreaterThan(bytes / 100));
    }

    private static byte[] Bytes(in BoardFrame frame)
    {
        var into = new byte[BoardFrame.MostBytes];
        return into[..frame.Write(into)];
    }
}
