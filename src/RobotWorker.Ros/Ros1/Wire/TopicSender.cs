using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>What both sides of a topic or service say of its type.</summary>
internal sealed record WireType(string Name, string Md5, string Definition)
{
    /// <summary>What fits every peer.</summary>
    public static readonly WireType Any = new("*", "*", "");

    /// <summary>What a peer's header has against it, or null. A star stands for any.</summary>
    public string? Mismatch(IReadOnlyDictionary<string, string> header)
    {
        var type = header.GetValueOrDefault("type", "*");
        var md5 = header.GetValueOrDefault("md5sum", "*");
        return (type == "*" || type == Name || Name == "*") && (md5 == "*" || md5 == Md5 || Md5 == "*")
            ? null
            : $"it is [{type}/{md5}] there, [{Name}/{Md5}] here{(type == Name ? "; " + Advice : "")}";
    }

    /// <summary>What to do about a peer that means something else by the same name.</summary>
    public string Advice => $"the two sides have different versions of {Name}: bring the package {Name.Split('/')[0]} to the same version on both";

    /// <summary>A peer's refusal, with the advice where it is about the md5sum.</summary>
    public Ros1RefusedException Advised(Ros1RefusedException refusal) =>
        refusal.Message.Contains(Md5, StringComparison.Ordinal) ? new($"{refusal.Message}; {Advice}") : refusal;
}

/// <summary>A topic that this node publishes: the connections of its subscribers, and what new ones get first.</summary>
internal sealed class TopicSender(string node, string topic, WireType type, int latched, SenderLimits limits, TimeProvider clock, Action<string> problem) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<Frame> latch = new();
    private SubscriberConnection[] connections = [];
    private bool isClosed;

    public string Topic => topic;

    public WireType Type => type;

    /// <summary>The subscribers now; the array is never changed.</summary>
    public IReadOnlyList<SubscriberConnection> Connections => Volatile.Read(ref connections);

    public int Count => Volatile.Read(ref connections).Length;

    /// <summary>Whether a message published now would reach nobody, now or later.</summary>
    public bool IsForNobody => Count == 0 && latched == 0;

    /// <summary>Messages that subscribers which have left or are still here did not get because they were too slow.</summary>
    public long Dropped => gone + Connections.Sum(connection => connection.Dropped);

    private long gone;

    /// <summary>Hears each subscriber's header, on a socket's thread.</summary>
    public Action<IReadOnlyDictionary<string, string>>? Heard { get; init; }

    /// <summary>Raised on a socket's thread when a subscriber has come or gone.</summary>
    public event Action? Changed;

    /// <summary>Puts a message into every subscriber's queue. The frame is the callee's.</summary>
    public void Publish(Frame frame)
    {
        lock (gate)
        {
            foreach (var connection in connections) connection.Enqueue(frame);
            if (latched > 0 && !isClosed)
            {
                if (latch.Count == latched) latch.Dequeue().Release();
                latch.Enqueue(frame);
                return;
            }
        }

        frame.Release();
    }

    public void Flush()
    {
        foreach (var connection in Volatile.Read(ref connections)) connection.Flush();
    }

    /// <summary>Serves one subscriber until it leaves.</summary>
    public async Task ServeAsync(Socket socket, IReadOnlyDictionary<string, string> header, CancellationToken cancel)
    {
        Heard?.Invoke(header);
        var subscriber = header.GetValueOrDefault("callerid", "somebody without a name");
        if (type.Mismatch(header) is { } mismatch)
        {
            var what = $"{subscriber} cannot subscribe {topic}: {mismatch}";
            problem(what);
            await TcpRosServer.RefuseAsync(socket, what, cancel);
            return;
        }

        var answer = TcpRosHeader.Write(
            ("callerid", node), ("topic", topic), ("type", type.Name), ("md5sum", type.Md5), ("message_definition", type.Definition),
            ("latching", latched > 0 ? "1" : "0"));
        socket.Blocking = false;    // the loop's thread sends, and must never wait
        // The header leaves as the first of its bytes, once it stands in the list: a subscriber that has read it misses nothing from then on.
        using var connection = new SubscriberConnection(socket, subscriber, answer, limits, clock, text => problem($"{topic}: {text}"));
        lock (gate)
        {
            if (isClosed) return;
            foreach (var frame in latch) connection.Enqueue(frame);
            Volatile.Write(ref connections, [.. connections, connection]);
        }

        try
        {
            var watch = connection.WatchAsync(cancel);
            connection.Flush();
            Changed?.Invoke();
            await watch;
            connection.Leave("closed the connection");
        }
        catch (SocketException broken) when (!cancel.IsCancellationRequested)
        {
            connection.Leave(broken.SocketErrorCode);
        }
        finally
        {
            lock (gate)
            {
                Volatile.Write(ref connections, [.. connections.Where(other => other != connection)]);
                gone += connection.Dropped;
            }

            Changed?.Invoke();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var connection in connections)
            {
                connection.Flush();
                connection.Dispose();
            }

            while (latch.Count > 0) latch.Dequeue().Release();
        }
    }
}
