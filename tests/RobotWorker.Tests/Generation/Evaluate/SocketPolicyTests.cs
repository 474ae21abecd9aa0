using System.Net;
using System.Net.Sockets;
using RobotWorker.Generation.Policies;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Tests.Generation.Evaluate;

public sealed class SocketPolicyTests
{
    private static readonly Dictionary<string, double[]> Seen = new() { [RobotTold.StateName] = [0.5, 1] };

    [Test]
    public void Policy_IsAskedALineAFrame_UntilItIsDone()
    {
        using var other = new Other("""{"fps": 20}""", """{"action": [1, 2.5]}""", """{"done": true}""");

        using (var policy = NamedPolicy.Parse(other.Name).For(7)!.Open("any"))
        {
            Assert.That(policy.FramesPerSecond, Is.EqualTo(20));
            Assert.That(policy.Next(Seen), Is.EqualTo([1, 2.5]));
            Assert.That(policy.Next(Seen), Is.Null);
        }

        Assert.That(other.Heard(), Is.EqualTo([
            """{"begin":{"seed":7}}""", """{"frame":0,"observation":{"observation.state":[0.5,1]}}""", """{"frame":1,"observation":{"observation.state":[0.5,1]}}""",
        ]));
    }

    [TestCase("""{"fps": 30}""", null, "must say 'fps'")]
    [TestCase("""fps""", null, "no JSON")]
    [TestCase("""[20]""", null, "no JSON object")]
    [TestCase("""{"fps": 20}""", """{"action": ["far"]}""", "neither 'action'")]
    [TestCase("""{"fps": 20}""", """{}""", "neither 'action'")]
    [TestCase("""{"fps": 20}""", null, "closed")]
    public void AnswerThatIsNone_IsSaidSo(string beginning, string? then, string word)
    {
        using var other = new Other(then is null ? [beginning] : [beginning, then]);

        Assert.That(() =>
        {
            using var policy = NamedPolicy.Parse(other.Name).For(7)!.Open("any");
            policy.Next(Seen);
        }, Throws.InstanceOf<PolicyException>().With.Message.Contains(word));
    }

    [Test]
    public void NobodyThere_IsSaidSo()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        Assert.That(() => NamedPolicy.Parse($"socket:127.0.0.1:{port}").For(1)!.Open("any"), Throws.InstanceOf<PolicyException>().With.Message.Contains($"127.0.0.1:{port}"));
    }

    [TestCase("socket:9000")]
    [TestCase("socket:host:port")]
    [TestCase("socket:host:70000")]
    public void AddressThatIsNone_IsRefused(string text) => Assert.That(() => NamedPolicy.Parse(text), Throws.InstanceOf<PolicyException>().With.Message.Contains("socket:HOST:PORT"));

    /// <summary>Answers one line after the other, and then closes.</summary>
    private sealed class Other : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<string> heard = [];
        private readonly Thread thread;

        public Other(params string[] answers)
        {
            listener.Start();
            thread = new(() =>
            {
                using var client = listener.AcceptTcpClient();
                using var reader = new StreamReader(client.GetStream());
                using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                foreach (var answer in answers)
                {
                    if (reader.ReadLine() is not { } line) return;
                    heard.Add(line);
                    writer.Write(answer + "\n");
                }
            });
            thread.Start();
        }

        public string Name => $"socket:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        public List<string> Heard()
        {
            thread.Join();
            return heard;
        }

        public void Dispose()
        {
            listener.Stop();
            thread.Join();
        }
    }
}
