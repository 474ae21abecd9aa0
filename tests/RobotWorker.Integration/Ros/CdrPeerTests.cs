using System.Text.Json;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros;

/// <summary>CDR as another implementation writes it: read and written again it is the same, for every type. (What we write is read there by the tests of recordings.)</summary>
public class CdrPeerTests
{
    [Test]
    public void EveryMessage_WrittenByFoxglove_IsReadAndWrittenAgainAsTheSameBytes()
    {
        var folder = NodePackages.Require("tests/RobotWorker.Integration/peers/mcap");
        var types = RosTypes.Messages.ToList();
        var input = string.Concat(types.Select(type => JsonSerializer.Serialize(new { name = type.Name, definition = type.Definition, count = 20 }) + "\n"));

        var output = Peer.Run(Peer.Require("node", "apt-get install nodejs"), ["write.mjs"], folder, input).Require();

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(types.Count));
        foreach (var (type, line) in types.Zip(lines))
        {
            var dynamic = DynamicTypes.Message(type.Name, type.Definition, RosDialect.Ros2);
            foreach (var hex in JsonSerializer.Deserialize<string[]>(line)!)
            {
                var bytes = Convert.FromHexString(hex);
                Assert.That(Convert.ToHexStringLower(type.Accept(new Again(bytes))), Is.EqualTo(hex), type.Name);
                Assert.That(Convert.ToHexStringLower(Cdr.Serialize(Cdr.Deserialize(dynamic, bytes))), Is.EqualTo(hex), $"{type.Name} as a dynamic message");
            }
        }
    }

    private sealed class Again(byte[] bytes) : IMessageTypeVisitor<byte[]>
    {
        public byte[] Visit<T>(MessageType<T> type) where T : IRosMessage => Cdr.Serialize(Cdr.Deserialize(type, bytes));
    }
}
