namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Where a topic's messages go; called on sockets' threads, several at once.</summary>
internal interface ITopicSink
{
    /// <summary>A message came.</summary>
    void Take(ReadOnlySpan<byte> message);

    /// <summary>That was all for now.</summary>
    void Post();

    /// <summary>Waits while too much waits already.</summary>
    ValueTask RoomAsync(CancellationToken cancel);
}

/// <summary>A topic that this node subscribes: one connection to each of its publishers, which the master names.</summary>
internal sealed class TopicReceiver(string node, string topic, WireType type, ITopicSink sink, XmlRpcClient api, Ros1Options options, Action<string> problem) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PublisherConnection> connections = new(StringComparer.Ordinal);
    private bool isClosed;

    public string Topic => topic;

    public WireType Type => type;

    /// <summary>The slave API of a node whose messages are not wanted, or null.</summary>
    public string? Except { get; init; }

    public IReadOnlyList<PublisherConnection> Connections
    {
        get
        {
            lock (gate) return [.. connections.Values];
        }
    }

    /// <summary>How many publishers are connected.</summary>
    public int Count => Connections.Count(connection => connection.IsConnected);

    /// <summary>Raised on a socket's thread when a connection stands or has fallen.</summary>
    public event Action? Changed;

    /// <summary>The publishers as they are now: connects to new ones, leaves those that are gone.</summary>
    public void SetPublishers(IReadOnlyCollection<string> apis)
    {
        lock (gate)
        {
            if (isClosed) return;
            foreach (var left in connections.Keys.Except(apis, StringComparer.Ordinal).ToList())
            {
                connections.Remove(left, out var connection);
                connection!.Dispose();
            }

            foreach (var come in apis.Where(api => api != Except).Except(connections.Keys, StringComparer.Ordinal).ToList())
                connections.Add(come, new(node, topic, type, come, sink, api, options, problem, () => Changed?.Invoke()));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var connection in connections.Values) connection.Dispose();
            connections.Clear();
        }
    }
}
