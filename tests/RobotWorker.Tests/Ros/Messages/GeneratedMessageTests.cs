using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Tests.Ros.Messages;

public class GeneratedMessageTests
{
    [Test]
    public void EveryMessage_ShowsItsFieldsInTheOrderOfItsDefinition([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var (type, text, message) = kind is EveryMessage.Kind known ? (known.RosType, known.Definition, known.Default) : default;
        var own = text!.Split("\n" + new string('=', 80) + "\n")[0];
        var package = type!.Split('/')[0];

        var definition = DefinitionParser.Parse(package, DefinitionKind.Message, "Any", own, out var problems, DefinitionRules.Ros2);
        var seen = new NameCollector { Names = [], Dialect = RosDialect.Ros2 };
        message!.Write(ref seen);
        var seenOnRos1 = new NameCollector { Names = [], Dialect = RosDialect.Ros1 };
        message.Write(ref seenOnRos1);

        Assert.That(problems, Is.Empty);
        Assert.That(seen.Names, Is.EqualTo(definition.Parts[0].Fields.Where(field => field.OnRos2).Select(field => field.Name)));
        Assert.That(seenOnRos1.Names, Is.EqualTo(definition.Parts[0].Fields.Where(field => field.OnRos1).Select(field => field.Ros1Name)));
    }

    [Test]
    public void EveryMessage_DefinitionHoldsEachTypeItDependsOnOnce([ValueSource(typeof(EveryMessage), nameof(EveryMessage.Kinds))] object kind)
    {
        var parts = ((EveryMessage.Kind)kind).Definition.Split("\n" + new string('=', 80) + "\n");
        var names = parts.Skip(1).Select(part => part.Split('\n')[0]["MSG: ".Length..]).ToList();

        Assert.That(names, Is.Unique);
        foreach (var part in parts.Skip(1))
        {
            var package = part["MSG: ".Length..].Split('/')[0];
            var body = part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            foreach (var field in DefinitionParser.Parse(package, DefinitionKind.Message, "Any", body, out _, DefinitionRules.Ros2).Parts[0].Fields)
                if (!field.Type.IsPrimitive) Assert.That(names, Does.Contain($"{field.Type.Package}/{field.Type.Name}"));
        }
    }

    [Test]
    public void Defaults_AreThoseOfTheDefinition()
    {
        Assert.That(new Quaternion(), Is.EqualTo(new Quaternion { X = 0, Y = 0, Z = 0, W = 1 }));
        Assert.That(new PoseStamped().Pose.Orientation.W, Is.EqualTo(1));
        Assert.That(new PoseStamped().Header.FrameId, Is.Empty);
        Assert.That(new PoseWithCovariance().Covariance, Has.Length.EqualTo(36));
        Assert.That(new JointState().Name.IsEmpty);
    }

    [Test]
    public void Equality_ComparesArraysByContent()
    {
        var one = new JointState { Name = ["a", "b"], Position = [1, double.NaN] };
        var same = new JointState { Name = ["a", "b"], Position = [1, double.NaN] };

        Assert.That(same, Is.EqualTo(one));
        Assert.That(same.GetHashCode(), Is.EqualTo(one.GetHashCode()));
        Assert.That(same with { Position = [1, 2] }, Is.Not.EqualTo(one));
    }

    [Test]
    public void Names_AreThoseOfRos()
    {
        Assert.That(GripperCommandAction.Goal.ActionType, Is.EqualTo("control_msgs/action/GripperCommand"));
        Assert.That(NavigateToPose.Goal.RosType, Is.EqualTo("nav2_msgs/action/NavigateToPose_Goal"));
        Assert.That(Trigger.Request.ServiceType, Is.EqualTo("std_srvs/srv/Trigger"));
        Assert.That(Trigger.Response.RosType, Is.EqualTo("std_srvs/srv/Trigger_Response"));
        Assert.That(GoalStatus.STATUS_ABORTED, Is.EqualTo(6));
        Assert.That(FollowJointTrajectory.Result.GOAL_TOLERANCE_VIOLATED, Is.EqualTo(-5));
        Assert.That(new RobotWorker.Ros.Messages.RosgraphMsgs.Clock { Value = new() { Sec = 3 } }.Value.Sec, Is.EqualTo(3));
    }

    [TestCase(0, 0, 0u)]
    [TestCase(1.5, 1, 500_000_000u)]
    [TestCase(-0.25, -1, 750_000_000u)]
    public void Duration_FromATimeSpan_AndBack(double seconds, int sec, uint nanosec)
    {
        var span = TimeSpan.FromSeconds(seconds);
        var duration = RobotWorker.Ros.Messages.BuiltinInterfaces.Duration.From(span);

        Assert.That((duration.Sec, duration.Nanosec), Is.EqualTo((sec, nanosec)));
        Assert.That(duration.ToTimeSpan(), Is.EqualTo(span));
    }

    [Test]
    public void EveryDefinitionFile_IsInTheAssembly() =>
        Assert.That(typeof(IRosMessage).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".msg", StringComparison.Ordinal)), Is.GreaterThan(50));

    private struct NameCollector : IFieldWriter
    {
        public List<string> Names { get; init; }

        public RosDialect Dialect { get; init; }

        public readonly void Value<T>(string name, T value) where T : unmanaged => Names.Add(name);

        public readonly void Text(string name, string value, int limit) => Names.Add(name);

        public readonly void Message<T>(string name, T value) where T : IRosMessage => Names.Add(name);

        public readonly void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged => Names.Add(name);

        public readonly void Texts(string name, ImmutableArray<string> values, Bounds bounds) => Names.Add(name);

        public readonly void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage => Names.Add(name);

        public readonly void Nothing()
        {
        }
    }
}
