using System.Buffers.Binary;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Ros.Fuzz;

/// <summary>
/// TCPROS against mutated bytes that come in pieces of any size: a connection's header, then messages or a service's answers. What is taken out of the stream
/// is the same wherever its pieces end, and is compared with a second reading of the same bytes in one go.
/// </summary>
[TestFixture]
public sealed class TcpRosFuzzTests
{
    private const int Few = 5_000;
    private const int Many = 1_000_000;
    private const int MaximalBytes = 1 << 20;

    private static readonly string[] Streams = ["topic", "service"];

    // As roscpp's publisher and rospy's subscriber write them: the one sorts its fields, the other has them in this order too.
    private static readonly byte[][] Headers =
    [
        TcpRosHeader.Write(
            ("callerid", "/cpp"), ("latching", "0"), ("md5sum", "992ce8a1687cec8c8bd883ec73ca41d1"), ("message_definition", "string data\n"), ("topic", "/chat"),
            ("type", "std_msgs/String")),
        TcpRosHeader.Write(
            ("callerid", "/py"), ("md5sum", "992ce8a1687cec8c8bd883ec73ca41d1"), ("message_definition", "string data\n"), ("tcp_nodelay", "0"), ("topic", "/chat"),
            ("type", "std_msgs/String")),
        TcpRosHeader.Write(
            ("callerid", "/cpp"), ("md5sum", "09fb03525b03e7ea1fd3992bafd87e16"), ("request_type", "std_srvs/SetBoolRequest"), ("response_type", "std_srvs/SetBoolResponse"),
            ("type", "std_srvs/SetBool")),
        TcpRosHeader.Write(("error", "client [/py] wants topic /chat to have datatype/md5sum [std_msgs/Int32/da5909fbe378aeaf85e547e830cc1bb7]")),
    ];

    [Test]
    public void AFewThousandStreams_AreTakenOrRefused([ValueSource(nameof(Streams))] string stream) => Fuzz(stream, Few, seed: 1);

    [Test]
    [Category("Slow")]
    public void AMillionStreams_AreTakenOrRefused([ValueSource(nameof(Streams))] string stream) => Fuzz(stream, Many, seed: 2);

    private static void Fuzz(string stream, int count, int seed)
    {
        var texts = new[] { "hi", "", "äöü 茶" }.Select(text => Framed(Ros1Wire.Serialize(new RobotWorker.Ros.Messages.StdMsgs.String { Data = text }))).ToList();
        var joints = Framed(Ros1Wire.Serialize(new JointState { Header = new() { FrameId = "base" }, Name = ["a", "b"], Position = [1, 2], Velocity = [], Effort = [0.5] }));
        var good = new ServiceAnswer(Ros1Wire.Serialize(new SetBool.Response { Success = true, Message = "set" }), "").ToBytes();
        var bad = new ServiceAnswer(null, "error processing request: no power").ToBytes();
        byte[][] corpus = stream == "topic"
            ? [.. Headers.Select(header => (byte[])[.. header, .. joints, .. texts[0], .. joints, .. texts[1], .. joints, .. texts[2], .. joints])]
            : [.. Headers.SelectMany(header => new byte[][] { [.. header, .. good, .. bad, .. good, .. good, .. bad, .. bad, .. good], [.. header, .. bad] })];
        var sizes = new Random(seed);
        var (taken, refused) = (0, 0);

        Fuzzing.Run(
            input =>
            {
                using var source = new DrippingStream(input, sizes);
                using var reader = new TcpRosReader(source.ReadAsync, TcpRosHeader.MaximalBytes);
                var expected = new InOneGo(input);
                try
                {
                    var header = Finish(reader.TakeAsync(CancellationToken.None));
                    var same = expected.Piece(TcpRosHeader.MaximalBytes);
                    Assert.That(header is null, Is.EqualTo(same is null), "the header ends elsewhere");
                    if (header is null) return;
                    Assert.That(header.Value.Span.SequenceEqual(same), "the header is cut out wrongly");
                    var fields = TcpRosHeader.Read(header.Value.Span);
                    new WireType("std_msgs/String", "992ce8a1687cec8c8bd883ec73ca41d1", "string data").Mismatch(fields);
                    reader.MaximalBytes = MaximalBytes;
                    while (stream == "topic" ? TakeMessage(reader, expected) : TakeAnswer(reader, expected)) taken++;
                }
                catch (Ros1Exception)
                {
                    refused++;
                }
            },
            corpus, count, seed, _ => false);

        Assert.That(taken, Is.GreaterThan(count / 4));
        Assert.That(refused, Is.GreaterThan(count / 20));
    }

    private static bool TakeMessage(TcpRosReader reader, InOneGo expected)
    {
        var message = Finish(reader.TakeAsync(CancellationToken.None));
        var same = expected.Piece(MaximalBytes);
        Assert.That(message is null, Is.EqualTo(same is null), "the stream ends elsewhere");
        if (message is null) return false;
        Assert.That(message.Value.Span.SequenceEqual(same), "a message is cut out wrongly");
        Decode(MessageType.Of<RobotWorker.Ros.Messages.StdMsgs.String>(), message.Value.Span);
        Decode(MessageType.Of<JointState>(), message.Value.Span);
        return true;
    }

    private static bool TakeAnswer(TcpRosReader reader, InOneGo expected)
    {
        var answer = Finish(ServiceAnswer.ReadAsync(reader, CancellationToken.None));
        var isGood = expected.Byte();
        var same = isGood is null ? null : expected.Piece(MaximalBytes);
        Assert.That(answer is null, Is.EqualTo(same is null), "the stream ends elsewhere");
        if (answer is not var (wasGood, body)) return false;
        Assert.That(wasGood, Is.EqualTo(isGood != 0));
        Assert.That(body.Span.SequenceEqual(same), "an answer is cut out wrongly");
        if (wasGood) Decode(SetBool.Type.Response, body.Span);
        return true;
    }

    private static void Decode<T>(MessageType<T> type, ReadOnlySpan<byte> bytes) where T : IRosMessage
    {
        try
        {
            Ros1Wire.Deserialize(type, bytes);
        }
        catch (RosCodecException)
        {
            // Told by the topic as a problem; the stream goes on.
        }
    }

    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[4 + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, message.Length);
        message.CopyTo(frame, 4);
        return frame;
    }

    private static T Finish<T>(ValueTask<T> task)
    {
        Assert.That(task.IsCompleted, "nothing here waits for anything");
        return task.GetAwaiter().GetResult();
    }

    private static T Finish<T>(Task<T> task) => Finish(new ValueTask<T>(task));

    /// <summary>The plainest reading there is: all bytes are there.</summary>
    private sealed class InOneGo(byte[] bytes)
    {
        private int at;

        public byte? Byte() => at < bytes.Length ? bytes[at++] : null;

        public byte[]? Piece(int most)
        {
            if (bytes.Length - at < 4) return null;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            Assert.That(length, Is.LessThanOrEqualTo((uint)most), "the reader took what is longer than allowed");
            if (length > bytes.Length - at - 4) return null;
            var piece = bytes.AsSpan(at + 4, (int)length).ToArray();
            at += 4 + (int)length;
            return piece;
        }
    }
}
