using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Rosbridge.Server;
using Text = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>What a client may cost, and who becomes one.</summary>
public sealed class BoundsTests
{
    [Test]
    public void SlowReader_LosesOldTelemetry_IsTold_AndNoAnswerIsLost()
    {
        const int most = 1 << 20;
        using var served = new ServedGraph(new() { MostOutboundBytes = most });
        var chat = served.Do(() => served.Robot.Advertise<Text>("/chat"));
        served.Do(() => served.Robot.AdvertiseService<Trigger.Request, Trigger.Response>("/ask", (_, _) => Task.FromResult(new Trigger.Response { Message = "yes" })));
        var client = served.Connect();
        client.Send("""{"op":"subscribe","topic":"/chat"}""");
        client.Settle();

        // 60 MB while nobody reads: far more than the sockets' own buffers and the outbox hold.
        var filler = new string('x', 100_000);
        for (var i = 0; i < 600; i++)
        {
            var number = i;
            served.Do(() => chat.Publish(new() { Data = $"{number} {filler}" }));
            if (i % 100 == 50) client.Send($$"""{"op":"call_service","id":"{{i}}","service":"/ask"}""");
            Assert.That(served.Do(() => served.Server.Clients[0].Waiting), Is.LessThanOrEqualTo(most));
        }

        served.WaitUntil(() => served.Server.Clients[0].Operations == 8, "the calls arrive");
        var (numbers, answers, lost) = (new List<int>(), new List<string>(), 0L);
        while (numbers.LastOrDefault() < 599)
        {
            var next = client.Next();
            switch (next.GetProperty("op").GetString())
            {
                case "publish": numbers.Add(int.Parse(next.GetProperty("msg").GetProperty("data").GetString()!.Split(' ')[0])); break;
                case "service_response": answers.Add(next.GetProperty("id").GetString()!); break;
                default:
                    Assert.That(next.GetProperty("level").GetString(), Is.EqualTo("warning"));
                    Assert.That(next.GetProperty("msg").GetString(), Does.Contain("messages of /chat were lost"));
                    lost += long.Parse(next.GetProperty("msg").GetString()!.Split(' ')[0]);
                    break;
            }
        }

        Assert.That(numbers, Is.Ordered);
        Assert.That(lost, Is.GreaterThan(0));
        Assert.That(numbers, Has.Count.EqualTo(600 - lost), "every loss is counted and told");
        Assert.That(served.Do(() => served.Server.Clients[0].Lost), Is.EqualTo(lost));
        Assert.That(answers, Is.EqualTo(["50", "150", "250", "350", "450", "550"]));
    }

    [Test]
    public void ReaderThatLeavesItsAnswersUnread_IsLetGo()
    {
        using var served = new ServedGraph(new() { MostOutboundBytes = 1 << 18 });
        served.Do(() => served.Robot.AdvertiseService<Trigger.Request, Trigger.Response>(
            "/ask", (_, _) => Task.FromResult(new Trigger.Response { Message = new('x', 100_000) })));
        var client = served.Connect();

        try
        {
            for (var i = 0; i < 1000; i++) client.Send("""{"op":"call_service","service":"/ask"}""");
        }
        catch (WebSocketException)
        {
            // It was let go meanwhile.
        }

        // Long before its silence (30 s) or a stuck frame (60 s) would show: it reads no farewell either, and goes all the same.
        served.WaitUntil(() => served.Told.Any(line => line.StartsWith("went answers wait", StringComparison.Ordinal)), "it is let go");
    }

    [Test]
    public void MessageThatIsTooLarge_IsRefusedWithAStatusAndAClose([Values] bool fragmented)
    {
        using var served = new ServedGraph(new() { MostInboundBytes = 10_000 });
        var client = served.Connect();
        var part = Encoding.UTF8.GetBytes(new string(' ', 5000));

        for (var i = 0; i < 4; i++) client.Send(part, WebSocketMessageType.Text, !fragmented && i == 3);

        var (status, why, before) = client.NextClose();
        Assert.That(status, Is.EqualTo(WebSocketCloseStatus.MessageTooBig));
        Assert.That(why, Does.Contain("10000"));
        Assert.That(before.Single(), Does.Contain("the message is refused"));
        served.WaitUntil(() => served.Server.Clients.Count == 0, "it goes");
    }

    [Test]
    public void FragmentsThatNeverEnd_DoNotFillTheMemory()
    {
        using var served = new ServedGraph(new() { MostInboundBytes = 10_000 });
        var client = served.Connect();
        var data = new string('x', 4000);

        for (var i = 0; i < 3; i++) client.Send($$"""{"op":"fragment","id":"f","data":"{{data}}","num":{{i}},"total":1000}""");

        Assert.That(client.NextStatus(), Does.Contain("larger than the 10000 bytes"));
    }

    [Test]
    public void TooMuchOfAKind_IsRefused()
    {
        using var served = new ServedGraph(new() { MostHeld = 3 });
        var client = served.Connect();

        for (var i = 0; i < 4; i++) client.Send($$"""{"op":"subscribe","topic":"/t{{i}}","type":"std_msgs/String"}""");

        Assert.That(client.NextStatus(), Is.EqualTo("subscribe: this client has 3 subscriptions already; more are not allowed"));
    }

    [Test]
    public void TooManyClients_OneMoreIsTurnedAway()
    {
        using var served = new ServedGraph(new() { MostClients = 2 });
        using var first = served.Connect();
        using var second = served.Connect();

        Assert.That(() => served.Connect(), Throws.InstanceOf<WebSocketException>().With.Message.Contains("503"));
        first.Close();
        served.WaitUntil(() => served.Server.Clients.Count == 1, "one goes");
    }

    [Test]
    public void HalfHandshakes_TakeNobodysSeat()
    {
        using var served = new ServedGraph(new() { MostClients = 2 });
        var strangers = Enumerable.Range(0, 10).Select(_ =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(served.Server.Endpoint);
            socket.Send("GET / HT"u8);
            return socket;
        }).ToList();

        using var client = served.Connect();
        client.Settle();

        strangers.ForEach(socket => socket.Dispose());
    }

    [TestCase(WebSocketCloseStatus.NormalClosure)]
    [TestCase((WebSocketCloseStatus)4001)]
    public void Farewell_IsAnsweredWithItsOwnStatus(WebSocketCloseStatus status)
    {
        using var served = new ServedGraph();
        using var client = served.Connect();

        Assert.That(client.Close(status), Is.EqualTo(status));
    }

    [Test]
    public void Token_WithoutItOrWithAnother_NobodyComesIn()
    {
        using var served = new ServedGraph(new() { Token = "open sesame" });

        Assert.That(() => RawClient.Connect(served.Address), Throws.InstanceOf<WebSocketException>().With.Message.Contains("401"));
        Assert.That(
            () => RawClient.Connect(served.Address, options => options.SetRequestHeader("Authorization", "Bearer open sesam")),
            Throws.InstanceOf<WebSocketException>().With.Message.Contains("401"));
        using var client = RawClient.Connect(served.Address, options => options.SetRequestHeader("Authorization", "Bearer open sesame"));
        client.Settle();
        Assert.That(served.Do(() => served.Told.Count(line => line.Contains("the token is missing or wrong", StringComparison.Ordinal))), Is.EqualTo(2));
    }

    [TestCase("https://evil.example", false)]
    [TestCase("http://localhost:8000", true)]
    [TestCase("https://app.example.org", true)]
    public void WebPages_OfThisMachineOrNamedOnes_MayConnect(string origin, bool may)
    {
        using var served = new ServedGraph(new() { Origins = ["https://app.example.org"] });

        if (may)
        {
            using var client = RawClient.Connect(served.Address, options => options.SetRequestHeader("Origin", origin));
            client.Settle();
        }
        else
        {
            Assert.That(
                () => RawClient.Connect(served.Address, options => options.SetRequestHeader("Origin", origin)),
                Throws.InstanceOf<WebSocketException>().With.Message.Contains("403"));
        }
    }

    [TestCase("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "426")]
    [TestCase("POST / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "426")]
    [TestCase("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n", "400")]
    public void WhatIsNoWebSocket_IsToldWhatThisIs(string request, string status)
    {
        using var served = new ServedGraph();

        Assert.That(Raw(served, Encoding.ASCII.GetBytes(request)), Does.StartWith($"HTTP/1.1 {status}"));
    }

    [Test]
    public void ARequestThatNeverEnds_IsCutOff()
    {
        using var served = new ServedGraph();

        Assert.That(Raw(served, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nX: " + new string('x', 8200))), Does.StartWith("HTTP/1.1 431").Or.Empty);
    }

    [Test]
    public void SilentClient_PingsAreAnsweredForIt()
    {
        using var served = new ServedGraph(new() { PingEvery = TimeSpan.FromMilliseconds(20), PongWithin = TimeSpan.FromSeconds(20) });
        var client = served.Connect();
        client.Settle();
        var receiving = Task.Run(client.NextClose);    // a client answers pings while it reads

        Thread.Sleep(300);

        Assert.That(served.Do(() => served.Server.Clients[0].SilentFor), Is.LessThan(TimeSpan.FromMilliseconds(250)));
        served.Do(served.Server.Dispose);
        Assert.That(receiving.GetAwaiter().GetResult().Status, Is.EqualTo(WebSocketCloseStatus.EndpointUnavailable));
    }

    [Test]
    public void HalfOpenClient_IsFoundByItsSilence()
    {
        using var served = new ServedGraph(new() { PingEvery = TimeSpan.FromMilliseconds(20), PongWithin = TimeSpan.FromMilliseconds(200) });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(served.Server.Endpoint);
        socket.Send("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"u8);

        served.WaitUntil(() => served.Told.Any(line => line.StartsWith("went nothing was heard of it", StringComparison.Ordinal)), "it is found");
    }

    [Test]
    public void WhatAClientHeld_GoesWithIt()
    {
        using var served = new ServedGraph();
        var client = served.Connect();
        client.Send("""
            {"op":"subscribe","topic":"/a","type":"std_msgs/String"}{"op":"advertise","topic":"/b","type":"std_msgs/String"}
            {"op":"advertise_service","service":"/c","type":"std_srvs/Trigger"}{"op":"advertise_action","action":"/d","type":"nav2_msgs/NavigateToPose"}
            """);
        client.Settle();
        Assert.That(Held(served), Is.EqualTo((2, 2, "rosbridge_client_1")));    // the action's cancel service is the second one

        client.Abort();

        served.WaitUntil(() => served.Server.Clients.Count == 0, "it goes");
        Assert.That(Held(served), Is.EqualTo((0, 0, (string?)null)));
    }

    private static (int Topics, int Services, string? Action) Held(ServedGraph served)
    {
        var there = served.Do(served.Graph.Look);
        return (there.Topics.Count(topic => !topic.Name.Contains('_')), there.Services.Count(service => service.Node == "rosbridge_client_1"), there.Actions.Single().Node);
    }

    [Test]
    public void PortThatIsTaken_IsAnException()
    {
        using var served = new ServedGraph();

        Assert.That(
            () => served.Do(() => new RosbridgeServer(
                new(served.Robot.Time, SynchronizationContext.Current!, work => work()), served.Graph, new() { Endpoint = new(IPAddress.Loopback, served.Server.Endpoint.Port) })),
            Throws.InstanceOf<SocketException>());
    }

    private static string Raw(ServedGraph served, byte[] request)
    {
        using var socket = new TcpClient();
        socket.Connect(served.Server.Endpoint);
        var stream = socket.GetStream();
        try
        {
            stream.Write(request);
            return new StreamReader(stream).ReadToEnd();
        }
        catch (IOException)
        {
            return "";    // cut off with bytes unread: the system resets the connection
        }
    }
}
