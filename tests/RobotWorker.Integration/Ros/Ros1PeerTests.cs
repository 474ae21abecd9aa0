using System.Text.Json;
using RobotWorker.Chance;
using RobotWorker.Integration.Recording;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros;

/// <summary>Our ROS 1 names, md5sums and bytes against the classes of Debian's ROS packages, for every type that they have.</summary>
public class Ros1PeerTests
{
    private const string Modules = "genpy, std_msgs, std_srvs, diagnostic_msgs, move_base_msgs, rosgraph_msgs, sensor_msgs, shape_msgs, tf2_msgs, trajectory_msgs";
    private const string Install = "tools/setup.sh, which tries Debian's python3-std-msgs and so on";

    private static readonly MessageType[] Actionlib =
    [
        MoveBase.Type.Goal, MoveBase.Type.Result, MoveBase.Type.Feedback,
        Ros1ActionGoal.TypeOf(MoveBase.Type.Goal), Ros1ActionResult.TypeOf(MoveBase.Type.Result), Ros1ActionFeedback.TypeOf(MoveBase.Type.Feedback),
    ];

    [Test]
    public void Messages_HaveTheMd5sumsAndBytesOfGenpy()
    {
        var asked = RosTypes.Messages.Concat(Actionlib).Select(type => type.Accept(new Question())).ToList();

        var answers = Ask(asked);

        var known = Compare(asked, answers);
        Assert.That(known, Has.Count.GreaterThanOrEqualTo(85), $"types that both sides have: {string.Join(' ', known)}");
        Assert.That(known, Does.Contain("std_msgs/Header").And.Contain("sensor_msgs/CameraInfo").And.Contain("move_base_msgs/MoveBaseActionResult")
            .And.Contain("shape_msgs/SolidPrimitive").And.Contain("tf2_msgs/TFMessage").And.Contain("rosgraph_msgs/Log"));
    }

    [Test]
    public void Services_HaveTheMd5sumsAndBytesOfGenpy()
    {
        var asked = RosTypes.Services.SelectMany(type => type.Accept(new ServiceQuestions())).ToList();

        var known = Compare(asked, Ask(asked));

        Assert.That(known, Is.SupersetOf(["std_srvs/Empty", "std_srvs/SetBool", "std_srvs/Trigger"]));
    }

    private static List<string> Compare(List<Asked> asked, List<JsonElement> answers)
    {
        var known = new List<string>();
        Assert.That(answers, Has.Count.EqualTo(asked.Count));
        foreach (var (question, answer) in asked.Zip(answers))
        {
            if (answer.TryGetProperty("absent", out _)) continue;
            known.Add(question.Name);
            Assert.That(question.Md5, Is.EqualTo(answer.GetProperty("md5").GetString()), $"md5sum of {question.Name}; ROS has the definition\n{answer.GetProperty("text")}");
            Assert.That(answer.GetProperty("again").EnumerateArray().Select(item => item.GetString()), Is.EqualTo(question.Messages), $"our {question.Name}");
            foreach (var own in answer.GetProperty("own").EnumerateArray().Select(item => item.GetString()!))
                Assert.That(Convert.ToHexStringLower(Ros1Wire.Serialize(question.Read(Convert.FromHexString(own)))), Is.EqualTo(own), $"genpy's {question.Name}");
        }

        return known;
    }

    private static List<JsonElement> Ask(List<Asked> asked)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || Peer.Run(Python, ["-c", "import " + Modules]).ExitCode != 0) Peer.Missing($"{Modules} for {Python} ({Install})");
        var input = string.Concat(asked.Select(one => JsonSerializer.Serialize(new { type = one.Name, part = one.Part, messages = one.Messages }) + "\n"));
        var output = Peer.Run(Python, [Repository.PathOf("tests/RobotWorker.Integration/peers/genpy/echo.py")], input: input).Require();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private sealed record Asked(string Name, string Part, string Md5, List<string> Messages, Func<byte[], IRosMessage> Read);

    private sealed class Question : IMessageTypeVisitor<Asked>
    {
        public Asked Visit<T>(MessageType<T> type) where T : IRosMessage
        {
            var messages = new List<string>();
            var random = RandomStream.For(7, "genpy", type.Name);
            for (var i = 0; i < 5; i++)
            {
                var reader = new InventingReader(random, RosDialect.Ros1);
                messages.Add(Convert.ToHexStringLower(Ros1Wire.Serialize(type.Read(ref reader))));
            }

            return new(Ros1Definition.NameOf(type.Name), "", Ros1Definition.Md5Of(type), messages, bytes => Ros1Wire.Deserialize(type, bytes));
        }
    }

    private sealed class ServiceQuestions : IServiceTypeVisitor<Asked[]>
    {
        public Asked[] Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type)
            where TRequest : IRosMessage
            where TResponse : IRosMessage
        {
            var md5 = Ros1Definition.Md5Of(type);
            var name = Ros1Definition.NameOf(type.Name);
            return
            [
                type.Request.Accept(new Question()) with { Name = name, Part = "Request", Md5 = md5 },
                type.Response.Accept(new Question()) with { Name = name, Part = "Response", Md5 = md5 },
            ];
        }
    }
}
