using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>
/// A rosbridge server on loopback that behaves as badly as its script wants. Unscripted it answers rosapi, shows in it whatever was advertised or
/// subscribed, and is silent otherwise, as the servers on robots are.
/// </summary>
internal sealed class MisbehavingServer : IDisposable
{
    private readonly ConcurrentQueue<JsonObject> received = new();
    private readonly ConcurrentDictionary<int, Peer> peers = new();
    private readonly Dictionary<string, Func<Peer, JsonObject, bool>> script = [];
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener;
    private int count;
    private volatile bool frozen;

    public MisbehavingServer(int version = 2, int port = 0)
    {
        Version = version;
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        _ = Task.Run(AcceptAsync);    // not on the test's loop
    }

    /// <summary>Whether it speaks for ROS 1 or 2; 0: it does not say.</summary>
    public int Version { get; set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Address => new($"ws://127.0.0.1:{Port}");

    /// <summary>What rosapi shows: type by topic.</summary>
    public ConcurrentDictionary<string, string> Topics { get; } = new();

    /// <summary>Whether rosapi runs.</summary>
    public bool HasRosapi { get; set; } = true;

    /// <summary>Whether it takes what is advertised and subscribed.</summary>
    public bool TakesTopics { get; set; } = true;

    /// <summary>Every op that came and is not a question to rosapi, in order, of all sockets.</summary>
    public IReadOnlyList<JsonObject> Received => [.. received];

    /// <summary>The headers of the last handshake.</summary>
    public string Handshake { get; private set; } = "";

    public int PeerCount => peers.Count;

    /// <summary>How many sockets came so far.</summary>
    public int Connections => count;

    public IReadOnlyList<JsonObject> Ops(string op) => [.. received.Where(one => (string?)one["op"] == op)];

    /// <summary>Does something else at an op; what answers false leaves it to the usual.</summary>
    public void On(string op, Func<Peer, JsonObject, bool> answer) => script[op] = answer;

    public void Send(string frame)
    {
        foreach (var peer in peers.Values) peer.Send(frame);
    }

    public void SendBinary(byte[] frame)
    {
        foreach (var peer in peers.Values) peer.SendBinary(frame);
    }

    public void Publish(string topic, string message) => Send($$"""{"op":"publish","topic":"{{topic}}","msg":{{message}}}""");

    /// <summary>Reads no more, so that nothing is answered, not even a ping; the socket stays open.</summary>
    public void Freeze() => frozen = true;

    /// <summary>Throws everybody out, without a farewell; who comes back is served.</summary>
    public void DropAll()
    {
        foreach (var peer in peers.Values) peer.Drop();
    }

    public void Dispose()
    {
        if (stop.IsCancellationRequested) return;
        stop.Cancel();
        listener.Stop();
        DropAll();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var number = Interlocked.Increment(ref count);
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, stop.Token) == 0) return;
                head.Append((char)one[0]);
            }

            Handshake = head.ToString();
            var key = Handshake.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), stop.Token);
            using var socket = WebSocket.CreateFromStream(stream, isServer: true, null, Timeout.InfiniteTimeSpan);
            var peer = new Peer(client, socket);
            peers[number] = peer;
            await ReadAsync(peer, socket);
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or WebSocketException or ObjectDisposedException)
        {
            // The client left, or the test is over.
        }
        finally
        {
            peers.TryRemove(number, out _);
            client.Dispose();
        }
    }

    private async Task ReadAsync(Peer peer, WebSocket socket)
    {
        var buffer = new byte[1 << 22];
        for (var filled = 0; ;)
        {
            while (frozen || peer.IsStuck) await Task.Delay(5, stop.Token);
            var got = await socket.ReceiveAsync(buffer.AsMemory(filled), stop.Token);
            if (got.MessageType == WebSocketMessageType.Close) return;
            filled += got.Count;
            if (!got.EndOfMessage) continue;
            // Twice: a node unfolds itself when it is first read, which two threads must not do at once.
            Take(peer, (JsonObject)JsonNode.Parse(buffer.AsSpan(0, filled))!, (JsonObject)JsonNode.Parse(buffer.AsSpan(0, filled))!);
            filled = 0;
        }
    }

    private void Take(Peer peer, JsonObject op, JsonObject forTheTest)
    {
        var name = (string)op["op"]!;
        var isRosapi = name == "call_service" && ((string)op["service"]!).StartsWith("/rosapi/", StringComparison.Ordinal);
        if (!isRosapi) received.Enqueue(forTheTest);
        if (script.TryGetValue(name, out var answer) && answer(peer, op)) return;
        if (isRosapi && HasRosapi) AnswerRosapi(peer, op);
        else if (name is "advertise" or "subscribe" && TakesTopics) Topics.TryAdd((string)op["topic"]!, (string)op["type"]!);
    }

    private void AnswerRosapi(Peer peer, JsonObject op)
    {
        var service = (string)op["service"]!;
        JsonNode? values = service switch
        {
            "/rosapi/get_ros_version" when Version == 2 => new JsonObject { ["version"] = 2, ["distro"] = "jazzy" },
            "/rosapi/topics" when Version != 0 => new JsonObject
            {
                ["topics"] = new JsonArray([.. Topics.Keys.Append("/rosout").Select(topic => (JsonNode)topic)]),
                ["types"] = new JsonArray([.. Topics.Values.Append(Version == 1 ? "rosgraph_msgs/Log" : "rcl_interfaces/msg/Log").Select(type => (JsonNode)type)]),
            },
            "/rosapi/action_servers" when Version != 0 => new JsonObject { ["action_servers"] = new JsonArray() },
            _ => null,
        };
        peer.Answer(op, values ?? $"Service {service} does not exist", values is not null);
    }

    /// <summary>One socket.</summary>
    internal sealed class Peer(TcpClient client, WebSocket socket)
    {
        private readonly Lock sending = new();
        private readonly Socket tcp = client.Client;    // a client that was disposed has none any more

        /// <summary>Does not read on, as a server whose reader is held by a goal; pings are answered by nobody else here, so keep it short.</summary>
        public bool IsStuck { get; set; }

        public void Send(string frame) => SendNow(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text);

        public void SendBinary(byte[] frame) => SendNow(frame, WebSocketMessageType.Binary);

        public void Answer(JsonObject call, JsonNode values, bool result = true) => Send(new JsonObject
        {
            ["op"] = "service_response", ["id"] = call["id"]?.DeepClone(), ["service"] = call["service"]?.DeepClone(), ["values"] = values, ["result"] = result,
        }.ToJsonString());

        public void Drop()
        {
            try
            {
                tcp.LingerState = new(true, 0);    // a reset, as from a machine that was switched off
            }
            catch (ObjectDisposedException)
            {
                return;    // it left by itself
            }

            client.Close();
        }

        // Small frames to a socket that is read: done at once, so that blocking is no harm.
        private void SendNow(byte[] frame, WebSocketMessageType type)
        {
            lock (sending)
            {
                try
                {
                    socket.SendAsync(frame, type, true, CancellationToken.None).ConfigureAwait(false).GetAwaiter().GetResult();
                }
                catch (Exception gone) when (gone is IOException or WebSocketException or ObjectDisposedException)
                {
                    // The client left.
                }
            }
        }
    }
}
