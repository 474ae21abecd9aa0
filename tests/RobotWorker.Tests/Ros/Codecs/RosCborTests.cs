using System.Buffers;
using CsCheck;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Tests.Ros.Codecs;

public class RosCborTests
{
    [Test]
    public void Header_IsAMapWithTheNamesOfTheDialect()
    {
        var header = new Header { Stamp = new() { Sec = 1, Nanosec = 500 }, FrameId = "map" };

        Assert.That(Hex(RosCbor.Serialize(header, RosDialect.Ros2)), Is.EqualTo(
            "A2 65 7374616D70 A2 63 736563 01 67 6E616E6F736563 1901F4 68 6672616D655F6964 63 6D6170".Replace(" ", "", StringComparison.Ordinal)));
        Assert.That(Hex(RosCbor.Serialize(header, RosDialect.Ros1)), Does.StartWith("A3" + "63736571" + "00").And.Contain("6473656373").And.Contain("656E73656373"));
    }

    [Test]
    public void Arrays_LeaveAsTypedArrays_AndOctetsAsBytes()
    {
        Assert.That(Hex(RosCbor.Serialize(new Float64MultiArray { Data = [1.0] }, RosDialect.Ros1)), Does.EndWith("D856" + "48" + "000000000000F03F"));
        Assert.That(Hex(RosCbor.Serialize(new Int16MultiArray { Data = [-1, 2] }, RosDialect.Ros1)), Does.EndWith("D84D" + "44" + "FFFF0200"));
        Assert.That(Hex(RosCbor.Serialize(new UInt8MultiArray { Data = [7, 8] }, RosDialect.Ros1)), Does.EndWith("42" + "0708"));
    }

    // The examples of RFC 8746: the same numbers under the tags of either byte order, and as a plain list.
    [TestCase("D845 44 0100 0200")]
    [TestCase("D841 44 0001 0002")]
    [TestCase("D84A 48 00000001 00000002")]
    [TestCase("D852 50 3FF0000000000000 4000000000000000")]
    [TestCase("D854 44 003C 0040")]
    [TestCase("D855 48 0000803F 00000040")]
    [TestCase("D847 50 0100000000000000 0200000000000000")]
    [TestCase("42 01 02")]
    [TestCase("82 01 02")]
    [TestCase("9F 01 F94000 FF")]
    public void Deserialize_Numbers_AreTakenInEveryForm(string hex) =>
        Assert.That(Read<Int32MultiArray>("A1 64 64617461" + hex).Data, Is.EqualTo([1, 2]));

    [TestCase("A1 64 64617461 82 01 F6", "data[1]", "NaN is not a value of Int32")]
    [TestCase("A1 64 64617461 81 1B 0000000100000000", "data[0]", "4294967296 is not a value of Int32")]
    [TestCase("A1 64 64617461 D845 43 010002", "data", "3 octets are no array of numbers of 2 octets")]
    [TestCase("A1 64 64617461 D853 40", "data", "tag 83")]
    [TestCase("A1 64 64617461 9A 7FFFFFFF", "data", "2147483647 items are announced")]
    [TestCase("A1 64 64617461", "data", "the data ends")]
    [TestCase("A1 64 67686F73 81 00", "ghos", "there is no such field")]
    [TestCase("A0 00", "", "1 bytes follow")]
    [TestCase("80", "", "a Map should stand here, not a List")]
    [TestCase("", "", "the data ends")]
    public void Deserialize_WhatIsWrong_IsNamedWithItsField(string hex, string field, string problem)
    {
        var error = Assert.Throws<RosCodecException>(() => Read<Int32MultiArray>(hex));

        Assert.That(error!.FieldPath, Is.EqualTo(field));
        Assert.That(error.Problem, Does.Contain(problem));
    }

    [Test]
    public void Deserialize_TextsAsOctetsAndInPieces_AreTaken()
    {
        Assert.That(Read<RobotWorker.Ros.Messages.StdMsgs.String>("A1 44 64617461 42 FF62").Data, Is.EqualTo("\uFFFDb"));
        Assert.That(Read<RobotWorker.Ros.Messages.StdMsgs.String>("BF 64 64617461 7F 62 C3BC 61 62 FF FF").Data, Is.EqualTo("üb"));
    }

    [Test]
    public void Deserialize_DeepNesting_IsRefused() =>
        Assert.That(() => RosCbor.Deserialize(MessageType.Of<Bool>(), [0xA1, 0x61, 0x78, .. Enumerable.Repeat((byte)0x81, 100_000)], RosDialect.Ros2, UnknownFields.Ignore),
            Throws.TypeOf<RosCodecException>().With.Message.Contains("nested deeper than 64"));

    [Test]
    public void EveryMessage_SurvivesBothDialects([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        foreach (var dialect in Enum.GetValues<RosDialect>())
        {
            Gen.Int.Sample(
                seed =>
                {
                    var message = type.Random(new(seed), dialect);
                    Assert.That(type.FromCbor(RosCbor.Serialize(message, dialect), dialect, UnknownFields.Refuse), Is.EqualTo(message));
                },
                iter: 20, threads: 1);
        }

        Assert.That(type.FromCbor([0xA0], RosDialect.Ros2, UnknownFields.Refuse), Is.EqualTo(type.Default));
        Assert.That(type.FromCbor([0xBF, 0x62, 0x5F, 0x5F, 0x81, 0xA1, 0x61, 0x79, 0x00, 0xFF], RosDialect.Ros2, UnknownFields.Ignore), Is.EqualTo(type.Default), "a member __");
    }

    [Test]
    public void Publish_AndRawPublish_AreReadAsOperations()
    {
        var message = new PoseStamped { Header = new() { FrameId = "map" } };
        var output = new ArrayBufferWriter<byte>();
        RosCbor.SerializePublish("/pose", message, RosDialect.Ros1, output);
        var members = new CborMembers(output.WrittenSpan);
        Assert.That((members.MoveNext(), members.Name, members.Text), Is.EqualTo((true, "op", "publish")));
        Assert.That((members.MoveNext(), members.Name, members.Text), Is.EqualTo((true, "topic", "/pose")));
        Assert.That(members.MoveNext() && members.Name == "msg");
        Assert.That(RosCbor.Deserialize(MessageType.Of<PoseStamped>(), members.Value, RosDialect.Ros1), Is.EqualTo(message));
        Assert.That(members.MoveNext(), Is.False);

        output.ResetWrittenCount();
        RosCbor.SerializeRawPublish("/pose", Ros1Wire.Serialize(message), new() { Sec = 5, Nanosec = 6 }, output);
        members = new(output.WrittenSpan);
        while (members.MoveNext() && members.Name != "msg")
        {
        }

        Assert.That(Ros1Wire.Deserialize(MessageType.Of<PoseStamped>(), RosCbor.RawBytes(members.Value)), Is.EqualTo(message));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static T Read<T>(string hex) where T : IRosMessage<T> =>
        RosCbor.Deserialize(MessageType.Of<T>(), Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), RosDialect.Ros2);
}
