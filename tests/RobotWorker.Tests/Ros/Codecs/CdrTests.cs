using System.Buffers;
using CsCheck;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Tests.Ros.Codecs;

public class CdrTests
{
    [Test]
    public void Header_IsWrittenAsComputedByHand() => AssertBytes(
        new Header { Stamp = new() { Sec = 1, Nanosec = 2 }, FrameId = "map" },
        "00 01 00 00", "01 00 00 00", "02 00 00 00", "04 00 00 00", "6D 61 70 00");

    [Test]
    public void JointState_AlignsDoublesToEightFromAfterTheHeader() => AssertBytes(
        new JointState { Name = ["a"], Position = [1.0] },
        "00 01 00 00",
        "00 00 00 00", "00 00 00 00",               // stamp
        "01 00 00 00", "00", "00 00 00",            // "" and 3 bytes of padding
        "01 00 00 00", "02 00 00 00", "61 00", "00 00",
        "01 00 00 00", "00 00 00 00 00 00 F0 3F",   // position at 32
        "00 00 00 00", "00 00 00 00");

    [Test]
    public void DiagnosticStatus_AlignsTheTextAfterAnOctet() => AssertBytes(
        new DiagnosticStatus { Level = DiagnosticStatus.STALE, Name = "g", Values = [new() { Key = "k", Value = "" }] },
        "00 01 00 00",
        "03", "00 00 00", "02 00 00 00", "67 00", "00 00",
        "01 00 00 00", "00", "00 00 00", "01 00 00 00", "00", "00 00 00",
        "01 00 00 00", "02 00 00 00", "6B 00", "00 00", "01 00 00 00", "00");

    [Test]
    public void JointState_EmptyArraysOfDoubles_TakeNoPadding()
    {
        // Counts at 12 (after the empty text and padding 16): an empty array is its count alone, not aligned to eight.
        Assert.That(Cdr.SizeOf(new JointState()), Is.EqualTo(4 + 8 + 4 + 1 + 3 + 4 * 4));
    }

    [Test]
    public void PoseWithCovariance_FixedArray_CarriesNoLength() =>
        Assert.That(Cdr.SizeOf(new PoseWithCovariance()), Is.EqualTo(4 + 7 * 8 + 36 * 8));

    [Test]
    public void Empty_HasOneOctet_AsRos2WritesIt() => AssertBytes(new Empty(), "00 01 00 00", "00");

    [Test]
    public void EveryMessage_SurvivesItsBytes([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        Gen.Int.Sample(
            seed =>
            {
                var message = type.Random(new(seed), RosDialect.Ros2);
                var bytes = Cdr.Serialize(message);
                Assert.That(type.Deserialize(bytes), Is.EqualTo(message));
                Assert.That(Cdr.Serialize(type.Deserialize(bytes)), Is.EqualTo(bytes));
            },
            iter: 40, threads: 1);
    }

    [Test]
    public void EveryMessage_CutOffAnywhere_IsACodecError([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        Gen.Select(Gen.Int, Gen.Double[0, 1]).Sample(
            (seed, at) =>
            {
                var bytes = Cdr.Serialize(type.Random(new(seed), RosDialect.Ros2));
                var error = Assert.Throws<RosCodecException>(() => type.Deserialize(bytes[..(int)(at * (bytes.Length - 1))]));
                Assert.That(error!.RosType, Is.EqualTo(type.RosType));
            },
            iter: 20, threads: 1);
    }

    [Test]
    public void EveryMessage_WithWrongBytes_IsAMessageOrACodecErrorAndNothingElse([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        Gen.Select(Gen.Int, Gen.Double[0, 0.999], Gen.Byte).Sample(
            (seed, at, wrong) =>
            {
                var bytes = Cdr.Serialize(type.Random(new(seed), RosDialect.Ros2));
                bytes[(int)(at * bytes.Length)] = wrong;
                try
                {
                    type.Deserialize(bytes);
                }
                catch (RosCodecException)
                {
                    // named, which is all that can be asked
                }
            },
            iter: 40, threads: 1);
    }

    [Test]
    public void Deserialize_CutOffInANestedField_SaysTypeFieldAndOffset()
    {
        var bytes = Cdr.Serialize(new PoseStamped { Header = new() { FrameId = "map" } });

        var error = Assert.Throws<RosCodecException>(() => Cdr.Deserialize<PoseStamped>(bytes.AsSpan(0, 40)));

        Assert.That(error!.Message, Is.EqualTo("geometry_msgs/msg/PoseStamped field pose.position.z at byte 36: 8 bytes are needed, only 4 are left"));
        Assert.That((error.FieldPath, error.Offset), Is.EqualTo(("pose.position.z", 36)));
    }

    [Test]
    public void Deserialize_BytesAfterTheEnd_AreAnError()
    {
        var bytes = Cdr.Serialize(new Bool { Data = true });

        Assert.That(Cdr.Deserialize<Bool>([.. bytes, 0, 0, 0]).Data, "padding to four bytes is allowed");
        Assert.That(() => Cdr.Deserialize<Bool>([.. bytes, 0, 0, 0, 0]), Throws.TypeOf<RosCodecException>().With.Message.Contains("but 4 bytes follow"));
    }

    [Test]
    public void Deserialize_HugeLength_AllocatesNothingForIt()
    {
        byte[] bytes = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => Cdr.Deserialize<JointState>(bytes), Throws.TypeOf<RosCodecException>().With.Message.Contains("field name").And.Message.Contains("length 2147483647"));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void Deserialize_BigEndian_IsReadAsWell()
    {
        var bytes = Convert.FromHexString("00000000" + "00000001" + "00000002" + "00000004" + "6D617000" + "00000000" + "00000001" + "3FF0000000000000" + "00000000" + "00000000");

        Assert.That(Cdr.Deserialize<JointState>(bytes),
            Is.EqualTo(new JointState { Header = new() { Stamp = new() { Sec = 1, Nanosec = 2 }, FrameId = "map" }, Position = [1.0] }));
        Assert.That(() => Cdr.Deserialize<Bool>([0, 3, 0, 0, 1]), Throws.TypeOf<RosCodecException>().With.Message.Contains("encapsulation 00 03 is not supported"));
    }

    [Test]
    public void Serialize_FixedArrayOfTheWrongLength_IsRefusedWithItsField() =>
        Assert.That(
            () => Cdr.Serialize(new PoseWithCovarianceStamped { Pose = new() { Covariance = [1, 2] } }),
            Throws.TypeOf<RosCodecException>().With.Message.Contains("field pose.covariance").And.Message.Contains("2 values, exactly 36"));

    [Test]
    public void Serialize_IntoABuffer_AllocatesNothing()
    {
        var message = new JointState { Name = ["arm_joint_1", "arm_joint_2"], Position = [1, 2], Velocity = [3, 4] };
        var output = new ArrayBufferWriter<byte>(4096);
        Cdr.Serialize(message, output);
        var expected = Cdr.Serialize(message);
        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(expected));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            output.ResetWrittenCount();
            Cdr.Serialize(message, output);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void AssertBytes<T>(T message, params string[] hex) where T : IRosMessage<T>
    {
        var expected = Convert.FromHexString(string.Concat(hex).Replace(" ", "", StringComparison.Ordinal));
        Assert.That(Convert.ToHexString(Cdr.Serialize(message)), Is.EqualTo(Convert.ToHexString(expected)));
        Assert.That(Cdr.Deserialize<T>(expected), Is.EqualTo(message));
    }
}
