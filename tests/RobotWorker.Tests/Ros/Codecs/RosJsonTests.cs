using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Tests.Ros.Codecs;

public class RosJsonTests
{
    private static readonly PointStamped Point = new()
    {
        Header = new() { Stamp = new() { Sec = 1, Nanosec = 2 }, FrameId = "map" },
        Point = new() { X = 1.5, Y = -0.0, Z = double.PositiveInfinity },
    };

    [TestCase(RosDialect.Ros2, """{"header":{"stamp":{"sec":1,"nanosec":2},"frame_id":"map"},"point":{"x":1.5,"y":-0,"z":null}}""")]
    [TestCase(RosDialect.Ros1, """{"header":{"seq":0,"stamp":{"secs":1,"nsecs":2},"frame_id":"map"},"point":{"x":1.5,"y":-0,"z":null}}""")]
    public void Serialize_HasTheNamesAndFieldsOfTheDialect(RosDialect dialect, string json) =>
        Assert.That(Encoding.UTF8.GetString(RosJson.Serialize(Point, dialect)), Is.EqualTo(json));

    [Test]
    public void Serialize_FieldsThatRos1DoesNotHave_AreLeftOutAndKeepTheirDefaultsWhenRead()
    {
        var goal = new FollowJointTrajectory.Goal { ComponentPathTolerance = [new()], GoalTimeTolerance = new() { Sec = 3 } };

        var ros1 = Encoding.UTF8.GetString(RosJson.Serialize(goal, RosDialect.Ros1));

        Assert.That(ros1, Does.Not.Contain("multi_dof").And.Not.Contain("component_"));
        Assert.That(ros1, Does.EndWith("""  "path_tolerance":[],"goal_tolerance":[],"goal_time_tolerance":{"secs":3,"nsecs":0}}""".TrimStart()));
        Assert.That(RosJson.Deserialize(MessageType.Of<FollowJointTrajectory.Goal>(), Encoding.UTF8.GetBytes(ros1), RosDialect.Ros1),
            Is.EqualTo(goal with { ComponentPathTolerance = [] }));
        Assert.That(Encoding.UTF8.GetString(RosJson.Serialize(new CameraInfo(), RosDialect.Ros1)), Does.Contain("\"K\":[0,0,0,0,0,0,0,0,0]"));
    }

    [Test]
    public void EveryMessage_SurvivesBothDialects_AlsoWithItsMembersTurnedAround([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        foreach (var dialect in Enum.GetValues<RosDialect>())
        {
            Gen.Int.Sample(
                seed =>
                {
                    var message = Finite(type.Random(new(seed), dialect), type, dialect);
                    var json = RosJson.Serialize(message, dialect);
                    Assert.That(type.FromJson(json, dialect, UnknownFields.Refuse), Is.EqualTo(message));
                    Assert.That(type.FromJson(Encoding.UTF8.GetBytes(Turned(JsonNode.Parse(json))!.ToJsonString()), dialect, UnknownFields.Refuse), Is.EqualTo(message));
                },
                iter: 20, threads: 1);
        }
    }

    [Test]
    public void EveryMessage_WithAMemberOfNobody_IsRefusedByNameOrReadWithoutIt([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        var message = Finite(type.Random(new(5), RosDialect.Ros2), type, RosDialect.Ros2);
        var node = JsonNode.Parse(RosJson.Serialize(message, RosDialect.Ros2))!.AsObject();
        node.Insert(node.Count / 2, "ghost_field", new JsonArray(1, new JsonObject()));
        var json = Encoding.UTF8.GetBytes(node.ToJsonString());

        Assert.That(type.FromJson(json, RosDialect.Ros2, UnknownFields.Ignore), Is.EqualTo(message));
        Assert.That(() => type.FromJson(json, RosDialect.Ros2, UnknownFields.Refuse),
            Throws.TypeOf<RosCodecException>().With.Property("FieldPath").EqualTo("ghost_field").And.Property("RosType").EqualTo(type.RosType));
    }

    [Test]
    public void EveryMessage_OfAnEmptyObject_IsItsDefault([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        foreach (var dialect in Enum.GetValues<RosDialect>())
            Assert.That(type.FromJson("{}"u8.ToArray(), dialect, UnknownFields.Refuse), Is.EqualTo(type.Default));
    }

    [Test]
    public void EveryMessage_CutOffAnywhere_IsACodecError([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        var json = RosJson.Serialize(type.Random(new(7), RosDialect.Ros2), RosDialect.Ros2);
        for (var length = 0; length < json.Length; length += 1 + json.Length / 100)
            Assert.That(() => type.FromJson(json[..length], RosDialect.Ros2, UnknownFields.Ignore), Throws.TypeOf<RosCodecException>());
    }

    [TestCase("""{"header":{"stamp":{"secs":1,"nsecs":2},"frame_id":"map"}}""", RosDialect.Ros2)]
    [TestCase("""{"header":{"stamp":{"nanosec":2,"sec":1},"frame_id":"map"}}""", RosDialect.Ros1)]
    [TestCase("""{"header":{"seq":77,"frame_id":"map","stamp":{"secs":1,"nsecs":2}}}""", RosDialect.Ros1)]
    public void Deserialize_TakesTimesInBothSpellings(string json, RosDialect dialect) =>
        Assert.That(Read<PointStamped>(json, dialect), Is.EqualTo(new PointStamped { Header = Point.Header }));

    [Test]
    public void Deserialize_MissingMembers_KeepTheDefaultsOfTheDefinition()
    {
        Assert.That(Read<PoseStamped>("""{"pose":{"orientation":{"z":1}}}""").Pose.Orientation, Is.EqualTo(new Quaternion { Z = 1, W = 1 }));
        Assert.That(Read<PoseWithCovariance>("{}").Covariance, Has.Length.EqualTo(36));
    }

    [Test]
    public void Deserialize_ANumberThatIsNone_MayBeNullOrAWordInAFloatField()
    {
        var ranges = Read<LaserScan>("""{"ranges":[null,NaN,Infinity,-Infinity,1e-3,2]}""").Ranges;

        Assert.That(ranges, Is.EqualTo([float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-3f, 2f]));
        Assert.That(() => Read<OccupancyGrid>("""{"data":[1,null]}"""), Throws.TypeOf<RosCodecException>().With.Message.Contains("field data[1]").And.Message.Contains("'null' is not a value of int8"));
    }

    [Test]
    public void Octets_LeaveAsBase64_AndComeInAsBase64OrAsAList()
    {
        var image = new CompressedImage { Format = "png", Data = [0, 255, 250, 251] };

        Assert.That(Encoding.UTF8.GetString(RosJson.Serialize(image, RosDialect.Ros1)), Does.EndWith("\"data\":\"AP/6+w==\"}"));
        Assert.That(Read<CompressedImage>("""{"format":"png","data":"AP/6+w=="}"""), Is.EqualTo(image));
        Assert.That(Read<CompressedImage>("""{"format":"png","data":"AP\/6\u002bw=="}"""), Is.EqualTo(image));
        Assert.That(Read<CompressedImage>("""{"format":"png","data":[0,255,250, 251]}"""), Is.EqualTo(image));
        Assert.That(Read<CompressedImage>("""{"data":""}""").Data, Is.Empty);
        Assert.That(() => Read<CompressedImage>("""{"data":"A"}"""), Throws.TypeOf<RosCodecException>().With.Message.Contains("field data").And.Message.Contains("not base64"));
        Assert.That(() => Read<CompressedImage>("""{"data":[1,300]}"""), Throws.TypeOf<RosCodecException>().With.Message.Contains("field data[1]").And.Message.Contains("'300' is not a value of uint8"));
    }

    [TestCase("""{"header":{"stamp":{"sec":2147483648}}}""", "header.stamp.sec", "'2147483648' is not a value of int32")]
    [TestCase("""{"header":{"stamp":{"nanosec":-1}}}""", "header.stamp.nanosec", "'-1' is not a value of uint32")]
    [TestCase("""{"header":{"stamp":{"sec":1.5}}}""", "header.stamp.sec", "'1.5' is not a value of int32")]
    [TestCase("""{"header":{"stamp":{"sec":"1"}}}""", "header.stamp.sec", "a number should stand here, not '\"1\"}}}'")]
    [TestCase("""{"header":{"seq":0}}""", "header.seq", "there is no such field")]
    [TestCase("""{"header":{"frame_id":null}}""", "header.frame_id", "a text should stand here")]
    [TestCase("""{"point":null}""", "point", "'{' should stand here")]
    [TestCase("""{"point":{"x":1,"x":2}}""", "point.x", "there twice")]
    [TestCase("""{"header":{},"point":{"x":1e999}}""", "point.x", "'1e999' is not a value of float64")]
    [TestCase("""{"header":{},"point":{"x":1 2}}""", "point.x", "',' or '}' should stand here, not '2}}'")]
    [TestCase("""{"header":{},"point":{"x":1,}}""", "point.x", "a value after the comma")]
    [TestCase("""{"point":{"x":+}}""", "point", "'+' is not a value")]
    [TestCase("""{"point":{}} {}""", "", "nothing should stand here")]
    [TestCase("""[{},{},{}]""", "point", "more values than the message has fields")]
    [TestCase("""7""", "", "'{' should stand here")]
    [TestCase("", "", "the text ends")]
    public void Deserialize_WhatIsWrong_IsNamedWithItsField(string json, string field, string problem)
    {
        var error = Assert.Throws<RosCodecException>(() => Read<PointStamped>(json));

        Assert.That(error!.FieldPath, Is.EqualTo(field));
        Assert.That(error.Problem, Does.Contain(problem));
        Assert.That(error.RosType, Is.EqualTo("geometry_msgs/msg/PointStamped"));
    }

    [TestCase("9223372036854775807", long.MaxValue)]
    [TestCase("-9223372036854775808", long.MinValue)]
    [TestCase("9007199254740993", 9007199254740993)]
    [TestCase("1.0", 1)]
    [TestCase("12e2", 1200)]
    public void Integers_AreExact(string json, long value)
    {
        Assert.That(JsonNumbers.Parse<long>(Encoding.UTF8.GetBytes(json), json.Length), Is.EqualTo(value));
        Assert.That(JsonNumbers.Parse<ulong>("18446744073709551615"u8, 20), Is.EqualTo(ulong.MaxValue));
    }

    [TestCase("\"\\ud83e\\udd16 \\u00fc\\n\\/\"", "\U0001F916 ü\n/")]
    [TestCase("\"ü机器人\"", "ü机器人")]
    [TestCase("\"a\\udcffb\"", "a\uFFFDb")]
    public void Texts_HaveTheirEscapesResolved(string json, string value) =>
        Assert.That(Read<RobotWorker.Ros.Messages.StdMsgs.String>($$"""{"data":{{json}}}""").Data, Is.EqualTo(value));

    [Test]
    public void Deserialize_AList_IsTheFieldsInTheirOrder()
    {
        Assert.That(Read<RobotWorker.Ros.Messages.StdSrvs.SetBool.Request>("[true]").Data);
        Assert.That(Read<KeyValue>("""["key", "value"]"""), Is.EqualTo(new KeyValue { Key = "key", Value = "value" }));
        Assert.That(Read<KeyValue>("[]"), Is.EqualTo(new KeyValue()));
    }

    [Test]
    public void Deserialize_DeepNesting_IsRefusedWhereNobodyWantsIt()
    {
        var json = "{\"ghost\":" + new string('[', 100_000);

        Assert.That(() => RosJson.Deserialize(MessageType.Of<Bool>(), Encoding.UTF8.GetBytes(json), RosDialect.Ros2, UnknownFields.Ignore),
            Throws.TypeOf<RosCodecException>().With.Message.Contains("nested deeper than 64"));
    }

    [TestCase("{\"op\":\"a\"}{\"op\":\"b\"}", 10)]
    [TestCase(" [1, {\"}\": \"]\"}] 2", 16)]
    [TestCase("12 13", 2)]
    public void FirstValueLength_EndsBehindTheFirstValue(string json, int length) =>
        Assert.That(RosJson.FirstValueLength(Encoding.UTF8.GetBytes(json)), Is.EqualTo(length));

    [Test]
    public void Members_OfAnOperation_AreSeenAsTheyStandInTheText()
    {
        var members = new JsonMembers("""{ "op":"publish", "n": 3 ,"msg": {"data":NaN}, "list":[ ] } {"op":"next"}"""u8);
        var seen = new List<string>();
        while (members.MoveNext()) seen.Add($"{members.Name}={Encoding.UTF8.GetString(members.Value)}={members.Text}");

        Assert.That(seen, Is.EqualTo(["op=\"publish\"=publish", "n=3=", "msg={\"data\":NaN}=", "list=[ ]="]));
    }

    [Test]
    public void SmallMessages_CostNoMoreThanThemselves()
    {
        var message = new RobotWorker.Ros.Messages.StdMsgs.String { Data = new('x', 100) };
        var output = new ArrayBufferWriter<byte>(4096);
        RosJson.Serialize(message, RosDialect.Ros2, output);
        var json = output.WrittenSpan.ToArray();
        RosJson.Deserialize(MessageType.Of<RobotWorker.Ros.Messages.StdMsgs.String>(), json, RosDialect.Ros2);

        Assert.That(Allocated(() =>
        {
            output.ResetWrittenCount();
            RosJson.Serialize(message, RosDialect.Ros2, output);
        }), Is.Zero);
        Assert.That(Allocated(() => RosJson.Deserialize(MessageType.Of<RobotWorker.Ros.Messages.StdMsgs.String>(), json, RosDialect.Ros2)),
            Is.LessThanOrEqualTo(24 + 24 + 200), "the record of 24 bytes, the text of 24 + 200");
    }

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static T Read<T>(string json, RosDialect dialect = RosDialect.Ros2) where T : IRosMessage<T> =>
        RosJson.Deserialize(MessageType.Of<T>(), Encoding.UTF8.GetBytes(json), dialect);

    /// <summary>JSON turns every infinity into null, which is read as NaN.</summary>
    private static IRosMessage Finite(IRosMessage message, EveryMessage.Kind type, RosDialect dialect) =>
        type.FromJson(RosJson.Serialize(message, dialect), dialect, UnknownFields.Refuse);

    private static JsonNode? Turned(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key, Turned(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Turned)]),
        _ => node?.DeepClone(),
    };
}
