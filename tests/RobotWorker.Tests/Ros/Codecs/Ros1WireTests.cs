using System.Buffers;
using CsCheck;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Tests.Ros.Codecs;

public class Ros1WireTests
{
    [Test]
    public void Header_HasItsSequenceFirst_AndATextHasNoZeroByte() => AssertBytes(
        new Header { Stamp = new() { Sec = 1, Nanosec = 2 }, FrameId = "map" },
        "00 00 00 00", "01 00 00 00", "02 00 00 00", "03 00 00 00", "6D 61 70");

    [Test]
    public void DiagnosticStatus_HasNoPadding() => AssertBytes(
        new DiagnosticStatus { Level = 2, Name = "g", Values = [new() { Key = "k", Value = "v" }] },
        "02", "01 00 00 00", "67", "00 00 00 00", "00 00 00 00", "01 00 00 00", "01 00 00 00", "6B", "01 00 00 00", "76");

    [Test]
    public void Empty_TakesNoByte() => AssertBytes(new Empty());

    [Test]
    public void PoseWithCovariance_FixedArray_CarriesNoLength() =>
        Assert.That(Ros1Wire.SizeOf(new PoseWithCovariance()), Is.EqualTo(7 * 8 + 36 * 8));

    [Test]
    public void EveryMessage_SurvivesItsBytes([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        Gen.Int.Sample(
            seed =>
            {
                var message = type.Random(new(seed), RosDialect.Ros1);
                var bytes = Ros1Wire.Serialize(message);
                Assert.That(type.FromRos1(bytes), Is.EqualTo(message));
                Assert.That(Ros1Wire.Serialize(type.FromRos1(bytes)), Is.EqualTo(bytes));
            },
            iter: 20, threads: 1);
    }

    [Test]
    public void EveryMessage_CutOffOrTooLong_IsACodecError([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        var bytes = Ros1Wire.Serialize(type.Random(new(3), RosDialect.Ros1));
        for (var length = 0; length < bytes.Length; length += 1 + bytes.Length / 50)
        {
            var error = Assert.Throws<RosCodecException>(() => type.FromRos1(bytes[..length]));
            Assert.That(error!.RosType, Is.EqualTo(type.RosType));
        }

        Assert.That(() => type.FromRos1([.. bytes, 0]), Throws.TypeOf<RosCodecException>().With.Message.Contains("1 bytes follow"));
    }

    [Test]
    public void Deserialize_TextThatIsNoUtf8_IsReadAsFarAsItIs() =>
        Assert.That(Ros1Wire.Deserialize(MessageType.Of<RobotWorker.Ros.Messages.StdMsgs.String>(), [3, 0, 0, 0, 0x61, 0xFF, 0x62]).Data, Is.EqualTo("a\uFFFDb"));

    [Test]
    public void Deserialize_HugeLength_AllocatesNothingForIt()
    {
        byte[] bytes = [.. new byte[16], 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => Ros1Wire.Deserialize(MessageType.Of<JointState>(), bytes), Throws.TypeOf<RosCodecException>().With.Message.Contains("field name").And.Message.Contains("length 2147483647"));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void Serialize_IntoABuffer_AllocatesNothing()
    {
        var message = new JointState { Name = ["arm_joint_1", "arm_joint_2"], Position = [1, 2], Velocity = [3, 4] };
        var output = new ArrayBufferWriter<byte>(4096);
        Ros1Wire.Serialize(message, output);
        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(Ros1Wire.Serialize(message)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        output.ResetWrittenCount();
        Ros1Wire.Serialize(message, output);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void AssertBytes<T>(T message, params string[] hex) where T : IRosMessage<T>
    {
        var expected = Convert.FromHexString(string.Concat(hex).Replace(" ", "", StringComparison.Ordinal));
        Assert.That(Convert.ToHexString(Ros1Wire.Serialize(message)), Is.EqualTo(Convert.ToHexString(expected)));
        Assert.That(Ros1Wire.Deserialize(MessageType.Of<T>(), expected), Is.EqualTo(message));
    }
}
