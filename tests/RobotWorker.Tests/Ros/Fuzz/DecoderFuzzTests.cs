using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Ros.Fuzz;

/// <summary>Every codec, and the parser of definitions, against mutated inputs: a message, or a <see cref="RosCodecException"/>, and nothing else.</summary>
public class DecoderFuzzTests
{
    private const int Few = 3_000;
    private const int Many = 1_000_000;

    // Types that nest, have arrays of every kind, texts and octets; the whole MoveGroup goal, which has nearly all there is.
    private static readonly EveryMessage.Kind[] Kinds =
    [
        .. EveryMessage.Kinds.Where(kind => kind.RosType is "sensor_msgs/msg/JointState" or "sensor_msgs/msg/CompressedImage" or "diagnostic_msgs/msg/DiagnosticArray"
            or "geometry_msgs/msg/PoseWithCovarianceStamped" or "std_msgs/msg/UInt64MultiArray" or "nav_msgs/msg/OccupancyGrid" or "moveit_msgs/action/MoveGroup_Goal"
            or "control_msgs/action/FollowJointTrajectory_Goal" or "std_msgs/msg/Empty"),
    ];

    private static readonly string[] Decoders = ["cdr", "ros1", "json", "json-ros1", "json-lenient", "json-members", "cbor", "cbor-lenient", "cbor-members", "dynamic-cdr", "definition", "definition-ros1"];

    [Test]
    public void AFewThousandInputs_AreTakenOrRefused([ValueSource(nameof(Decoders))] string decoder) => Fuzz(decoder, Few, seed: 1);

    [Test]
    [Category("Slow")]
    public void AMillionInputs_AreTakenOrRefused([ValueSource(nameof(Decoders))] string decoder) => Fuzz(decoder, Many, seed: 2);

    private static void Fuzz(string decoder, int count, int seed)
    {
        var dynamic = Kinds.Select(kind => DynamicTypes.Message(kind.RosType, kind.Definition, RosDialect.Ros2)).ToArray();
        var result = new FuzzingResult();
        foreach (var (kind, i) in Kinds.Select((kind, i) => (kind, i)))
        {
            // Reading MoveGroup's definition again and again takes most of the time and shows nothing that the others do not.
            if (decoder.StartsWith("definition", StringComparison.Ordinal) && kind.RosType.StartsWith("moveit", StringComparison.Ordinal)) continue;
            var messages = Enumerable.Range(0, 8).Select(one => kind.Random(new(one), RosDialect.Ros2)).ToList();
            var onRos1 = Enumerable.Range(0, 8).Select(one => kind.Random(new(one), RosDialect.Ros1)).ToList();
            var (corpus, decode) = decoder switch
            {
                "cdr" => (messages.Select(Cdr.Serialize), (Action<byte[]>)(input => kind.Deserialize(input))),
                "dynamic-cdr" => (messages.Select(Cdr.Serialize), input => Cdr.Deserialize(dynamic[i], input)),
                "ros1" => (onRos1.Select(Ros1Wire.Serialize), input => kind.FromRos1(input)),
                "json" => (messages.Select(message => RosJson.Serialize(message, RosDialect.Ros2)), input => kind.FromJson(input, RosDialect.Ros2, UnknownFields.Refuse)),
                "json-ros1" => (onRos1.Select(message => RosJson.Serialize(message, RosDialect.Ros1)), input => kind.FromJson(input, RosDialect.Ros1, UnknownFields.Refuse)),
                "json-lenient" => (messages.Select(message => RosJson.Serialize(message, RosDialect.Ros2)), input => kind.FromJson(input, RosDialect.Ros2, UnknownFields.Ignore)),
                "json-members" => (messages.Select(message => RosJson.Serialize(message, RosDialect.Ros2)), JsonMembersOf),
                "cbor" => (messages.Select(message => RosCbor.Serialize(message, RosDialect.Ros2)), input => kind.FromCbor(input, RosDialect.Ros2, UnknownFields.Refuse)),
                "cbor-lenient" => (messages.Select(message => RosCbor.Serialize(message, RosDialect.Ros2)), input => kind.FromCbor(input, RosDialect.Ros2, UnknownFields.Ignore)),
                "cbor-members" => (messages.Select(message => RosCbor.Serialize(message, RosDialect.Ros2)), CborMembersOf),
                "definition" => ([Encoding.UTF8.GetBytes(kind.Definition)], input => Define(kind.RosType, input, RosDialect.Ros2)),
                _ => (new[] { Encoding.UTF8.GetBytes(Ros1Definition.TextOf(dynamic[i])) }, input => Define(kind.RosType, input, RosDialect.Ros1)),
            };
            var one = Fuzzing.Run(decode, [.. corpus], count / (Kinds.Length - 1) + 1, seed, error => error is RosCodecException);
            result = new(result.Taken + one.Taken, result.Refused + one.Refused);
        }

        // Both sides are really reached: some changes are harmless, most are not.
        Assert.That(result.Taken + result.Refused, Is.GreaterThanOrEqualTo(count));
        Assert.That(result.Taken, Is.GreaterThan(count / 100), $"{result}");
        Assert.That(result.Refused, Is.GreaterThan(count / 20), $"{result}");
    }

    private static void Define(string name, byte[] input, RosDialect dialect)
    {
        var text = Encoding.UTF8.GetString(input);
        DefinitionParser.Parse("my_msgs", DefinitionKind.Action, "Thing", text, out _);
        var type = DynamicTypes.Message(name, text, dialect);
        Ros1Definition.Md5Of(type);
        Cdr.Serialize(type.Default);
    }

    private static void JsonMembersOf(byte[] input)
    {
        try
        {
            for (var members = new JsonMembers(input); members.MoveNext();) _ = members.Text;
            RosJson.FirstValueLength(input);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of("JSON");
        }
    }

    private static void CborMembersOf(byte[] input)
    {
        for (var members = new CborMembers(input); members.MoveNext();) _ = members.Text;
    }
}
