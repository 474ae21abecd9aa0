using System.Collections.Immutable;
using System.Text;
using CsCheck;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.Rosapi;
using RobotWorker.Ros.Messages.SensorMsgs;

namespace RobotWorker.Tests.Ros.Messages;

public class DynamicMessageTests
{
    [Test]
    public void EveryMessage_MadeFromItsTextIsWhatIsCompiledIn_InEveryCodec([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var type = (EveryMessage.Kind)kind;
        var dynamic = DynamicTypes.Message(type.RosType, type.Definition, RosDialect.Ros2);

        Assert.That(dynamic.Name, Is.EqualTo(type.RosType));
        Assert.That(Ros1Definition.Md5Of(dynamic), Is.EqualTo(type.Md5));
        Assert.That(Cdr.Serialize(dynamic.Default), Is.EqualTo(Cdr.Serialize(type.Default)));
        Gen.Int.Sample(
            seed =>
            {
                var message = type.Random(new(seed), RosDialect.Ros2);
                var again = Cdr.Deserialize(dynamic, Cdr.Serialize(message));
                Assert.That(Cdr.Serialize(again), Is.EqualTo(Cdr.Serialize(message)));
                Assert.That(Cdr.Deserialize(dynamic, Cdr.Serialize(message)), Is.EqualTo(again));
                foreach (var dialect in Enum.GetValues<RosDialect>())
                {
                    Assert.That(RosJson.Serialize(again, dialect), Is.EqualTo(RosJson.Serialize(message, dialect)));
                    Assert.That(RosCbor.Serialize(again, dialect), Is.EqualTo(RosCbor.Serialize(message, dialect)));
                }

                Assert.That(Ros1Wire.Serialize(again), Is.EqualTo(Ros1Wire.Serialize(message)));
                Assert.That(RosCbor.Deserialize(dynamic, RosCbor.Serialize(message, RosDialect.Ros2), RosDialect.Ros2), Is.EqualTo(again));
                var ros1 = type.Random(new(seed), RosDialect.Ros1);
                Assert.That(Ros1Wire.Serialize(Ros1Wire.Deserialize(dynamic, Ros1Wire.Serialize(ros1))), Is.EqualTo(Ros1Wire.Serialize(ros1)));
                Assert.That(RosJson.Serialize(RosJson.Deserialize(dynamic, RosJson.Serialize(ros1, RosDialect.Ros1), RosDialect.Ros1), RosDialect.Ros1),
                    Is.EqualTo(RosJson.Serialize(ros1, RosDialect.Ros1)));
            },
            iter: 10, threads: 1);
    }

    [Test]
    public void EveryMessage_MadeFromItsRos1Text_HasTheSameMd5AndBytes([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Types))] object known)
    {
        var compiled = (MessageType)known;
        var type = EveryMessage.Kinds.First(one => one.RosType == compiled.Name);
        var dynamic = DynamicTypes.Message(Ros1Definition.NameOf(compiled.Name), Ros1Definition.TextOf(compiled), RosDialect.Ros1);

        Assert.That(Ros1Definition.Md5Of(dynamic), Is.EqualTo(type.Md5));
        for (var seed = 0; seed < 5; seed++)
        {
            var bytes = Ros1Wire.Serialize(type.Random(new(seed), RosDialect.Ros1));
            Assert.That(Ros1Wire.Serialize(Ros1Wire.Deserialize(dynamic, bytes)), Is.EqualTo(bytes));
        }
    }

    [Test]
    public void Fields_AreFoundByName_AndByPath()
    {
        var type = DynamicTypes.Message("my_msgs/Cup", "Header header\nfloat32[] K\nOther other\nOther[2] others\n" + new string('=', 80) + "\nMSG: my_msgs/Other\nduration d\nint64 n", RosDialect.Ros1);
        var cup = RosJson.Deserialize(type, """{"header":{"frame_id":"map","seq":7},"K":[1,2.5],"other":{"n":9223372036854775807,"d":{"secs":3}}}"""u8, RosDialect.Ros1);

        Assert.That(type.Name, Is.EqualTo("my_msgs/msg/Cup"));
        Assert.That(cup.FieldNames, Is.EqualTo(["header", "K", "other", "others"]));
        Assert.That(cup["header.frame_id"], Is.EqualTo("map"));
        Assert.That(cup["other.n"], Is.EqualTo(long.MaxValue));
        Assert.That(cup["other.d.sec"], Is.EqualTo(3));
        Assert.That(cup["other.d.secs"], Is.EqualTo(3));
        Assert.That((ImmutableArray<float>)cup["K"], Is.EqualTo([1f, 2.5f]));
        Assert.That(((ImmutableArray<DynamicMessage>)cup["others"]).Length, Is.EqualTo(2));
        Assert.That(() => cup["other.m"], Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo("my_msgs/msg/Cup has no field 'other.m'; it has header, K, other, others"));
        Assert.That(cup.ToString(), Does.StartWith("my_msgs/msg/Cup {\"header\":{\"stamp\":{\"sec\":0,\"nanosec\":0},\"frame_id\":\"map\"},\"K\":[1,2.5],"));
    }

    [Test]
    public void With_AnotherValue_IsAnotherMessage()
    {
        var type = DynamicTypes.Message("my_msgs/Count", "int32 n 5\nfloat64[2] pair [1, 2]", RosDialect.Ros2);
        var five = type.Default;

        Assert.That(five["n"], Is.EqualTo(5));
        Assert.That((ImmutableArray<double>)five["pair"], Is.EqualTo([1.0, 2.0]));
        Assert.That(five.With("n", 6)["n"], Is.EqualTo(6));
        Assert.That(five.With("n", 6).With("n", 5), Is.EqualTo(five));
        Assert.That(five.With("n", 6), Is.Not.EqualTo(five));
        Assert.That(five.With("n", 6).With("n", 5).GetHashCode(), Is.EqualTo(five.GetHashCode()));
        Assert.That(() => five.With("n", 6L), Throws.ArgumentException.With.Message.Contains("holds a System.Int32, not a System.Int64"));
        Assert.That(() => five.With("pair", ImmutableArray.Create(1.0)), Throws.ArgumentException);
        Assert.That(() => five.With("m", 6), Throws.ArgumentException.With.Message.Contains("no field 'm'"));
    }

    [TestCase("Ghost g", "field g", "does not say what my_msgs/Ghost is")]
    [TestCase("float64 1x", "", "line 1 of its definition")]
    [TestCase("float65 x", "field x", "does not say what my_msgs/float65 is")]
    [TestCase("Bad b\n================================================================================\nMSG: my_msgs/Bad\nBad again", "field b.again.again", "contains itself")]
    [TestCase("float64[2000000000] x", "field x", "more than 1048576 bytes")]
    [TestCase("float64[999999] x", "field x", "more than 1048576 bytes")]
    [TestCase("Big[1000] b\n================================================================================\nMSG: my_msgs/Big\nfloat64[131] x", "field b", "more than 1048576 bytes")]
    [TestCase("int8 a\n================================================================================\nint8 b", "", "'MSG: package/Name' should follow")]
    public void Message_OfAWrongDefinition_IsRefusedWithItsField(string definition, string field, string problem) =>
        Assert.That(() => DynamicTypes.Message("my_msgs/Thing", definition, RosDialect.Ros2),
            Throws.TypeOf<RosCodecException>().With.Message.Contains(field).And.Message.Contains(problem).And.Message.Contains("my_msgs/msg/Thing"));

    [Test]
    public void Message_FromWhatRosapiTells_IsTheSame()
    {
        TypeDef[] ros1 =
        [
            new() { Type = "geometry_msgs/PoseArray", Fieldnames = ["header", "poses"], Fieldtypes = ["std_msgs/Header", "geometry_msgs/Pose"], Fieldarraylen = [-1, 0] },
            new() { Type = "std_msgs/Header", Fieldnames = ["seq", "stamp", "frame_id"], Fieldtypes = ["uint32", "time", "string"], Fieldarraylen = [-1, -1, -1] },
            new() { Type = "geometry_msgs/Pose", Fieldnames = ["position", "orientation"], Fieldtypes = ["geometry_msgs/Point", "geometry_msgs/Quaternion"], Fieldarraylen = [-1, -1] },
            new() { Type = "geometry_msgs/Point", Fieldnames = ["x", "y", "z"], Fieldtypes = ["float64", "float64", "float64"], Fieldarraylen = [-1, -1, -1] },
            new() { Type = "geometry_msgs/Quaternion", Fieldnames = ["x", "y", "z", "w"], Fieldtypes = ["float64", "float64", "float64", "float64"], Fieldarraylen = [-1, -1, -1, -1] },
        ];
        TypeDef[] ros2 =
        [
            new() { Type = "my_msgs/msg/Thing", Fieldnames = ["on", "values", "few", "stamp", "raw"], Fieldtypes = ["boolean", "double", "sequence<float, 3>", "builtin_interfaces/Time", "octet[16]"], Fieldarraylen = [-1, 36, -1, -1, -1] },
        ];

        Assert.That(Ros1Definition.Md5Of(DynamicTypes.Message("geometry_msgs/PoseArray", ros1, RosDialect.Ros1)), Is.EqualTo(Ros1Definition.Md5Of(MessageType.Of<PoseArray>())));
        Assert.That(Ros1Definition.TextOf(DynamicTypes.Message("my_msgs/Thing", ros2, RosDialect.Ros2)),
            Is.EqualTo("bool on\nfloat64[36] values\nfloat32[] few\ntime stamp\nbyte[16] raw\n"));
        Assert.That(() => DynamicTypes.Message("a/B", [], RosDialect.Ros2), Throws.TypeOf<RosCodecException>());
    }

    [Test]
    public void ServicesAndActions_MayBeDynamicToo()
    {
        var action = DynamicTypes.Action("nav2_msgs/NavigateToPose", NavigateToPose.Goal.Definition, NavigateToPose.Result.Definition, NavigateToPose.Feedback.Definition, RosDialect.Ros2);
        var goal = new NavigateToPose.Goal { BehaviorTree = "tree.xml" };
        var service = DynamicTypes.Service("my_srvs/Add", "int64 a\nint64 b", "int64 sum", RosDialect.Ros1);

        Assert.That(action.Name, Is.EqualTo("nav2_msgs/action/NavigateToPose"));
        Assert.That(action.Goal.Name, Is.EqualTo(NavigateToPose.Type.Goal.Name));
        Assert.That(Cdr.Deserialize(action.Goal, Cdr.Serialize(goal))["behavior_tree"], Is.EqualTo("tree.xml"));
        Assert.That(Ros1Definition.NameOf(service.Request.Name), Is.EqualTo("my_srvs/AddRequest"));
        Assert.That(Ros1Definition.Md5Of(service), Is.EqualTo("6a2e34150c00229791cc89ff309fff21"), "rospy_tutorials/AddTwoInts");
    }

    [Test]
    public void Equality_ComparesArraysByContent_AndTypesByName()
    {
        var one = DynamicTypes.Message("sensor_msgs/JointState", JointState.Definition, RosDialect.Ros2);
        var other = DynamicTypes.Message("sensor_msgs/JointState", JointState.Definition, RosDialect.Ros2);
        var bytes = Cdr.Serialize(new JointState { Name = ["a"], Position = [double.NaN] });

        Assert.That(Cdr.Deserialize(one, bytes), Is.EqualTo(Cdr.Deserialize(other, bytes)));
        Assert.That(DynamicTypes.Message("a/B", "int8 x", RosDialect.Ros2).Default, Is.Not.EqualTo(DynamicTypes.Message("a/C", "int8 x", RosDialect.Ros2).Default));
        Assert.That(Encoding.UTF8.GetString(RosJson.Serialize(one.Default, RosDialect.Ros2)), Does.Contain("\"name\":[]"));
    }
}
