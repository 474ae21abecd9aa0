using System.Net;
using System.Net.Sockets;
using System.Text;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Tests.Ros.Ros1.Wire;

/// <summary>The HTTP under XML-RPC, byte by byte: what clients of other makes send, and what nobody should.</summary>
[TestFixture]
public sealed class XmlRpcServerTests
{
    private static readonly string Body = Encoding.UTF8.GetString(XmlRpcWriter.Call("add", 1, 2));

    private XmlRpcServer server = null!;

    [SetUp]
    public void Start() => server = new(IPAddress.Loopback, TimeProvider.System, call => call switch
    {
        ("add", [XmlRpcInt(var a), XmlRpcInt(var b)]) => a + b,
        _ => throw new XmlRpcFaultException(1, $"there is no method '{call.Method}'"),
    });

    [TearDown]
    public void Stop() => server.Dispose();

    [Test]
    public void Request_TwoOnOneConnection_BothAreAnswered()
    {
        using var client = Connect();

        client.Write(Post(Body) + Post(Body));

        Assert.That(client.ReadAnswer(), Does.StartWith("HTTP/1.1 200 OK").And.Contain("<int>3</int>"));
        Assert.That(client.ReadAnswer(), Does.StartWith("HTTP/1.1 200 OK").And.Contain("<int>3</int>"));
    }

    [Test]
    public void Request_InChunksAndByteByByte_IsAnswered()
    {
        using var client = Connect();
        var half = Body.Length / 2;
        var text = $"POST /RPC2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{half:x}\r\n{Body[..half]}\r\n{Body.Length - half:X};name=value\r\n{Body[half..]}\r\n0\r\n\r\n";

        foreach (var letter in text) client.Write(letter.ToString());

        Assert.That(client.ReadAnswer(), Does.Contain("<int>3</int>"));
    }

    [Test]
    public void Request_Http10_IsClosedAfterwards()
    {
        using var client = Connect();

        client.Write($"POST / HTTP/1.0\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

        Assert.That(client.ReadAnswer(), Does.Contain("Connection: close"));
        Assert.That(client.IsClosed);
    }

    [Test]
    public void Request_UnknownMethod_IsAFault()
    {
        using var client = Connect();

        client.Write(Post(Encoding.UTF8.GetString(XmlRpcWriter.Call("subtract"))));

        Assert.That(client.ReadAnswer(), Does.StartWith("HTTP/1.1 200 OK").And.Contain("subtract").And.Contain("<fault>"));
    }

    [TestCase("GET / HTTP/1.1\r\n\r\n", "405")]
    [TestCase("POST / HTTP/1.1\r\n\r\n", "411")]
    [TestCase("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400")]
    [TestCase("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413")]
    [TestCase("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "501")]
    [TestCase("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", "400")]
    [TestCase("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n", "413")]
    [TestCase("POST / HTTP/1.1\r\nwithout a colon\r\n\r\n", "400")]
    [TestCase("nonsense\r\n\r\n", "400")]
    public void Request_ThatIsNone_IsRefusedAndClosed(string text, string status)
    {
        using var client = Connect();

        client.Write(text);

        Assert.That(client.ReadAnswer(), Does.StartWith("HTTP/1.1 " + status));
        Assert.That(client.IsClosed);
    }

    [Test]
    public void Request_EndlessHead_IsRefused()
    {
        using var client = Connect();

        client.Write("POST / HTTP/1.1\r\nA: " + new string('a', 40_000));

        Assert.That(client.ReadAnswer(), Does.StartWith("HTTP/1.1 431"));
    }

    [Test]
    public async Task Client_OwnServer_GetsValuesAndFaults()
    {
        using var client = new XmlRpcClient(TimeProvider.System);
        var address = new Uri($"http://127.0.0.1:{server.Port}/");

        var sum = await client.CallAsync(address, "add", [20, 22], TimeSpan.FromSeconds(20), CancellationToken.None);

        Assert.That(sum, Is.EqualTo((XmlRpcValue)42));
        await Assert.ThatAsync(
            () => client.CallAsync(address, "subtract", [], TimeSpan.FromSeconds(20), CancellationToken.None),
            Throws.TypeOf<Ros1Exception>().With.Message.Contains("subtract"));
    }

    [Test]
    public async Task Client_NobodyAnswers_EndsWithTheDeadline()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen();
        using var client = new XmlRpcClient(TimeProvider.System);
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndPoint!).Port}/");

        await Assert.ThatAsync(
            () => client.CallAsync(address, "getPid", [], TimeSpan.FromSeconds(0.1), CancellationToken.None),
            Throws.TypeOf<Ros1Exception>().With.Message.Contains("does not answer getPid within 0.1 s"));
    }

    private static string Post(string body) => $"POST /RPC2 HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private RawClient Connect() => new(server.Port);

    private sealed class RawClient : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
        private string read = "";

        public RawClient(int port) => socket.Connect(IPAddress.Loopback, port);

        public bool IsClosed => socket.Receive(new byte[1]) == 0;

        public void Write(string text) => socket.Send(Encoding.UTF8.GetBytes(text));

        public string ReadAnswer()
        {
            while (true)
            {
                var head = read.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (head >= 0)
                {
                    var length = int.Parse(read[..head].Split("Content-Length: ")[1].Split("\r\n")[0]);
                    var end = head + 4 + length;
                    if (read.Length >= end)
                    {
                        var answer = read[..end];
                        read = read[end..];
                        return answer;
                    }
                }

                var buffer = new byte[4096];
                var count = socket.Receive(buffer);
                if (count == 0) throw new AssertionException("closed after: " + read);
                read += Encoding.Latin1.GetString(buffer, 0, count);
            }
        }

        public void Dispose() => socket.Dispose();
    }
}
