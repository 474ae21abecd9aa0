using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;
using RobotWorker.Ros.Ros1.XmlRpc;
using RobotWorker.Tests.Ros.Wire;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Ros1.Wire;

/// <summary>Peers that are connected and do nothing: they are let go in a stated time, and it is told.</summary>
[TestFixture]
[CancelAfter(60_000)]
public sealed class StuckPeerTests
{
    private static readonly WireType Text = new("std_msgs/String", "992ce8a1687cec8c8bd883ec73ca41d1", "string data\n");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> problems = new();
    private readonly HandTime time = new();
    private TcpRosServer server = null!;
    private TopicSender sender = null!;

    [SetUp]
    public void Start()
    {
        problems.Clear();
        server = new(IPAddress.Loopback, new(new("http://127.0.0.1:1/")));
        sender = new("/robot", "/talk", Text, 0, new(int.MaxValue, 256 << 20, IsLossTold: true, Patience), time, problems.Enqueue);
        server.Topics["/talk"] = sender;
    }

    [TearDown]
    public void Stop()
    {
        server.Dispose();
        sender.Dispose();
    }

    [Test]
    public async Task Subscriber_ReadsNothing_IsCutOffAndTheLossTold_OthersGoOn(CancellationToken cancel)
    {
        using var deaf = await SubscribeAsync("/deaf", cancel);
        for (var i = 0; i < 32; i++) Publish(1 << 20);

        time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.That(sender.Count, Is.EqualTo(1));
        await Until(() =>
        {
            time.Advance(Patience);    // again: its write may have begun only now
            return sender.Count == 0;
        }, cancel);

        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(problems.Single(), Does.Contain("/talk: /deaf at 127.0.0.1").And.Contain("has taken nothing for 15 s").And.Match("[0-9]+ message.* are lost"));
        Assert.That(sender.Dropped, Is.Positive);
        using var healthy = await SubscribeAsync("/healthy", cancel);
        Publish(3);
        Assert.That(await ReadAsync(healthy, 4 + 4 + 3, cancel), Is.EqualTo((byte[])[7, 0, 0, 0, 3, 0, 0, 0, .. "xxx"u8]));
    }

    [Test]
    public async Task Subscriber_SlowButReading_GetsALongMessageWhole(CancellationToken cancel)
    {
        const int Size = 64 << 20;
        using var slow = await SubscribeAsync("/slow", cancel);
        Publish(Size);

        // More than all buffers between us are taken, so that a new piece was begun after the time before.
        time.Advance(Patience - TimeSpan.FromSeconds(1));
        await ReadAsync(slow, Size / 2, cancel);
        time.Advance(Patience - TimeSpan.FromSeconds(1));
        var rest = await ReadAsync(slow, 8 + Size - (Size / 2), cancel);

        Assert.That(rest.AsSpan().IndexOfAnyExcept((byte)'x'), Is.EqualTo(-1));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public async Task Subscriber_GoneWithMessagesWaiting_TheLossIsTold(CancellationToken cancel)
    {
        var deaf = await SubscribeAsync("/deaf", cancel);
        for (var i = 0; i < 32; i++) Publish(1 << 20);

        deaf.Dispose();    // with a reset, since bytes were unread

        await Until(() => sender.Count == 0 && !problems.IsEmpty, cancel);
        Assert.That(problems.Single(), Does.Contain("/deaf").And.Match("[0-9]+ message.* are lost"));
    }

    [Test]
    public async Task Publisher_AcceptsAndNeverAnswers_IsToldOnceAndAskedAgainUntilItDoes(CancellationToken cancel)
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen();
        var asked = 0;
        var port = ((IPEndPoint)deaf.LocalEndPoint!).Port;
        using var api = new XmlRpcServer(IPAddress.Loopback, TimeProvider.System, _ =>
        {
            Interlocked.Increment(ref asked);
            return RosApi.Done("", XmlRpcValue.List("TCPROS", "127.0.0.1", Volatile.Read(ref port)));
        });
        using var client = new XmlRpcClient(TimeProvider.System);
        var options = new Ros1Options(new("http://127.0.0.1:1/")) { CallDeadline = TimeSpan.FromSeconds(0.5), LeastPause = TimeSpan.FromMilliseconds(20) };

        using var connection = new PublisherConnection(
            "/robot", "/talk", Text, $"http://127.0.0.1:{api.Port}/", new Sink(), client, options, problems.Enqueue, () => { });

        await Until(() => Volatile.Read(ref asked) > 2, cancel);
        Assert.That(problems.Single(), Does.Contain("does not answer a connection's header within 0.5 s").And.Contain("it is tried again"));
        Volatile.Write(ref port, server.Port);    // it is back, on another port, as a restarted one is
        await Until(() => connection.IsConnected, cancel);
    }

    // What a master or a peer says of where somebody is goes to the system's resolver: nothing of it may end the loop that tries again.
    [TestCase("http://[::1/")]
    [TestCase("http://:80/")]
    [TestCase("ftp://127.0.0.1:1/")]
    [TestCase("http://127.0.0.1:0/")]
    [TestCase("http://127.0.0.1:1/ \u0000")]
    [TestCase("http://x\u0000y.invalid:1/")]
    [TestCase("http://a..invalid:1/")]
    [TestCase("http://xn--.invalid:1/")]
    [TestCase("http://xn--\u00e4\u202e.invalid:1/")]
    [TestCase("http://\ud800.invalid:1/")]
    [TestCase("http://user:secret@127.0.0.1:1/?a#b")]
    public async Task Publisher_AddressThatIsNone_IsNamed(string address, CancellationToken cancel)
    {
        using var client = new XmlRpcClient(TimeProvider.System);

        await Assert.ThatAsync(
            () => PublisherConnection.PlaceAsync(client, address, "/robot", "/talk", new(new("http://127.0.0.1:1/")), cancel), Throws.InstanceOf<Ros1Exception>());
    }

    [TestCase("\0")]
    [TestCase("x\0y.invalid")]
    [TestCase("a..invalid")]
    [TestCase("xn--.invalid")]
    [TestCase("\u00e4\u202e..invalid")]
    [TestCase("\ud800.invalid")]
    public async Task Peer_HostThatIsNone_IsNamed(string host, CancellationToken cancel) => await Assert.ThatAsync(
        () => TcpRosClient.ConnectAsync(host, 1, [("callerid", "/x")], new(new("http://127.0.0.1:1/")), cancel), Throws.InstanceOf<Ros1Exception>());

    [Test]
    public async Task Peer_HostOfAThousandLetters_IsNamed(CancellationToken cancel) => await Assert.ThatAsync(
        () => TcpRosClient.ConnectAsync(new('a', 1000), 1, [("callerid", "/x")], new(new("http://127.0.0.1:1/")), cancel), Throws.InstanceOf<Ros1Exception>());

    // A vanished machine cannot be played on one: what the system was asked to watch can be read back.
    [Test]
    public async Task Sockets_BothSides_AreWatchedBySystem(CancellationToken cancel)
    {
        (string, string)[] header = [("callerid", "/x"), ("topic", "/talk"), ("type", Text.Name), ("md5sum", Text.Md5)];
        var options = new Ros1Options(new("http://127.0.0.1:1/")) { PeerDeadline = TimeSpan.FromSeconds(20) };

        using var client = await TcpRosClient.ConnectAsync("127.0.0.1", server.Port, header, options, cancel);

        int Tcp(SocketOptionName name) => (int)client.Socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
        Assert.That((int)client.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!, Is.Not.Zero);
        var probes = Tcp(SocketOptionName.TcpKeepAliveRetryCount);
        Assert.That(Tcp(SocketOptionName.TcpKeepAliveTime) + (probes * Tcp(SocketOptionName.TcpKeepAliveInterval)), Is.EqualTo(20));
        if (!OperatingSystem.IsLinux()) return;
        var limit = new byte[4];
        client.Socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, 18, limit);
        Assert.That(BitConverter.ToInt32(limit), Is.EqualTo(20_000));
    }

    // Some servers answer whoever comes, and leave it to the client to compare.
    [Test]
    public async Task Service_AnswersWithAnotherMd5_NothingIsSent(CancellationToken cancel)
    {
        using var lax = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lax.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        lax.Listen();
        var port = ((IPEndPoint)lax.LocalEndPoint!).Port;
        using var master = new XmlRpcServer(IPAddress.Loopback, TimeProvider.System, _ => RosApi.Done("", $"rosrpc://127.0.0.1:{port}"));
        using var client = new XmlRpcClient(TimeProvider.System);
        var options = new Ros1Options(new($"http://127.0.0.1:{master.Port}/"));
        var answering = Task.Run(async () =>
        {
            using var caller = await lax.AcceptAsync(cancel);
            using var reader = new TcpRosReader(caller, TcpRosHeader.MaximalBytes);
            await reader.TakeAsync(cancel);
            await caller.SendAsync(TcpRosHeader.Write(("callerid", "/lax"), ("md5sum", "0123456789abcdef0123456789abcdef"), ("type", "std_srvs/SetBool")), cancel);
            return await reader.TakeAsync(cancel);
        }, cancel);

        await Assert.ThatAsync(
            () => ServiceCaller<SetBool.Request, SetBool.Response>.OpenAsync(
                SetBool.Type, "/set", "09fb03525b03e7ea1fd3992bafd87e16", false, "/robot", new(client, options.Master, "/robot", options.CallDeadline), options, cancel),
            Throws.TypeOf<RosServiceException>().With.Message.Contains("0123456789abcdef0123456789abcdef").And.Message.Contains("09fb03525b03e7ea1fd3992bafd87e16"));
        Assert.That(await answering, Is.Null, "no request came");
    }

    private void Publish(int letters)
    {
        sender.Publish(Frame.Of(new String { Data = new('x', letters) }));
        sender.Flush();
    }

    private async Task<Socket> SubscribeAsync(string node, CancellationToken cancel)
    {
        var before = sender.Count;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancel);
        await socket.SendAsync(TcpRosHeader.Write(("callerid", node), ("topic", "/talk"), ("type", Text.Name), ("md5sum", Text.Md5)), cancel);
        var length = BinaryPrimitives.ReadInt32LittleEndian(await ReadAsync(socket, 4, cancel));
        Assert.That(TcpRosHeader.Read(await ReadAsync(socket, length, cancel)), Does.ContainKey("type"));
        Assert.That(sender.Count, Is.EqualTo(before + 1));
        return socket;
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(at), cancel);
            Assert.That(read, Is.Positive, "closed");
            at += read;
        }

        return bytes;
    }

    private static async Task Until(Func<bool> condition, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); !condition();)
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(40)), "it did not come true");
            await Task.Delay(10, cancel);
        }
    }

    private sealed class Sink : ITopicSink
    {
        public void Take(ReadOnlySpan<byte> message)
        {
        }

        public void Post()
        {
        }

        public ValueTask RoomAsync(CancellationToken cancel) => default;
    }
}
