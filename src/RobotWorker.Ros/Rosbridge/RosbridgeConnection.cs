using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>
/// A node's connection to a ROS graph behind a rosbridge server, of ROS 1 or ROS 2. It connects by itself, and again after each loss; then everything
/// that was advertised, subscribed and offered is said again. What was published while there was no link is dropped and counted (an old
/// velocity must not arrive late), latched messages apart, of which the latest is said again. Calls and goals that the loss caught end as failed and Unknown.
/// </summary>
/// <example>
/// <code>
/// using var robot = RosbridgeConnection.Connect(new("ws://192.168.1.7:9090"), "worker", ros);
/// robot.ProblemFound += problem => Console.Error.WriteLine(problem);
/// robot.Subscribe&lt;JointState&gt;("/joint_states", Take);
/// </code>
/// </example>
public sealed class RosbridgeConnection : IRosConnection
{
    private readonly LinkedList<Resource> held = [];
    private readonly Dictionary<string, RosbridgeTopic> topics = new(StringComparer.Ordinal);
    private readonly RosbridgeLink link;
    private readonly RosapiWatch watch;

    private RosbridgeConnection(string node, RosbridgeLink link)
    {
        Node = node;
        this.link = link;
        watch = new(link, topics);
        link.Changed += state => LinkChanged?.Invoke(state);
        link.ProblemFound += problem => ProblemFound?.Invoke(problem);
    }

    /// <summary>Raised on the loop for each problem, once for each subject and session.</summary>
    public event Action<RosbridgeProblem>? ProblemFound;

    /// <inheritdoc/>
    public event Action<LinkState>? LinkChanged;

    /// <inheritdoc/>
    public string Node { get; }

    /// <inheritdoc/>
    public TimeProvider Time => link.Time;

    /// <inheritdoc/>
    public LinkState Link => link.State;

    public bool TellsGoalIds => link.Dialect == RosDialect.Ros1;

    /// <summary>Whose names and fields the server uses; null before it was asked.</summary>
    public RosDialect? Dialect => link.Dialect;

    /// <summary>What was sent, received and dropped.</summary>
    public RosbridgeCounts Counts => link.Counts;

    internal int OpenCalls => link.Targets.Calls.Count;

    /// <summary>Every topic that the server's rosapi showed last, and our own, ordered by name. The definition is empty for types that were not compiled in.</summary>
    public IReadOnlyList<TopicInfo> Topics => watch.Topics;

    /// <summary>Begins to connect, and returns at once: <see cref="Link"/> says when the server is there.</summary>
    /// <param name="server"><c>ws://host:9090</c>, or <c>wss://host</c>.</param>
    /// <param name="node">The node's name: for ids and displays.</param>
    /// <param name="loop">The loop that the connection lives on; called on it.</param>
    /// <param name="options">How it connects and bounds itself.</param>
    /// <param name="wireTime">The clock of the socket's threads; the machine's when null.</param>
    /// <exception cref="ArgumentException">The address is no ws:// or wss://, or an option is out of its bounds.</exception>
    public static RosbridgeConnection Connect(
        Uri server, string node, RosLoop loop, RosbridgeOptions? options = null, TimeProvider? wireTime = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        options ??= new();
        options.Validate();
        if (server.Scheme is not ("ws" or "wss")) throw new ArgumentException($"{server} is no rosbridge address; did you mean ws://{server.Authority}?", nameof(server));
        var time = wireTime ?? TimeProvider.System;
        return Connect(WebSocketDialer.To(server, options.Token, options.Authorities, time), server.ToString(), node, loop, options, time);
    }

    internal static RosbridgeConnection Connect(Dial dial, string address, string node, RosLoop loop, RosbridgeOptions options, TimeProvider wireTime)
    {
        var link = new RosbridgeLink(dial, address, node, loop, options, wireTime);
        var connection = new RosbridgeConnection(node, link);
        link.Start();
        return connection;
    }

    /// <inheritdoc/>
    public IPublisher<T> Advertise<T>(MessageType<T> type, string topic, Qos? qos = null) where T : IRosMessage
    {
        Enter("advertise", topic);
        return Hold(Topic(type, topic).Advertise(qos ?? Qos.Default));
    }

    /// <inheritdoc/>
    public IDisposable Subscribe<T>(MessageType<T> type, string topic, Action<T> handler, Qos? qos = null) where T : IRosMessage =>
        Subscribe(type, topic, handler, new SubscribeOptions(), qos);

    /// <summary>Receives a topic until the returned subscription is disposed, with what only rosbridge offers.</summary>
    /// <exception cref="RosGraphException">The name is wrong, or the topic has another type here.</exception>
    public IDisposable Subscribe<T>(MessageType<T> type, string topic, Action<T> handler, SubscribeOptions options, Qos? qos = null) where T : IRosMessage
    {
        Enter("subscribe", topic);
        ArgumentNullException.ThrowIfNull(handler);
        return Hold(Topic(type, topic).Subscribe(handler, qos, options));
    }

    /// <inheritdoc/>
    public IDisposable AdvertiseService<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("offering service", service);
        ArgumentNullException.ThrowIfNull(handler);
        if (link.Targets.Services.ContainsKey(service)) throw new RosGraphException($"service {service} is already offered by node '{Node}'");
        return Hold(new RosbridgeService<TRequest, TResponse>(link, type, service, handler));
    }

    /// <inheritdoc/>
    public Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("call", service);
        if (cancel.IsCancellationRequested) return Task.FromCanceled<TResponse>(cancel);
        return new RosbridgeCall<TRequest, TResponse>(link, type, service, request, deadline, cancel).Response;
    }

    /// <inheritdoc/>
    public IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type, string action)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("use action", action);
        return Hold(new RosbridgeActionLink<TGoal, TResult, TFeedback>(this, link, watch, type, action).Client);
    }

    /// <inheritdoc/>
    public IDisposable AdvertiseAction<TGoal, TResult, TFeedback>(
        ActionType<TGoal, TResult, TFeedback> type, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("offering action", action);
        ArgumentNullException.ThrowIfNull(handler);
        return Hold(new RosbridgeActionOffer<TGoal, TResult, TFeedback>(this, link, type, action, handler));
    }

    /// <summary>Shows every message that this connection publishes or receives to <paramref name="tap"/>, until disposed. A topic that it does both on shows twice.</summary>
    public IDisposable Tap(IMessageTap tap)
    {
        Enter("tap", "/");
        link.Taps.Add(tap);
        foreach (var topic in topics.Values.OrderBy(topic => topic.Name, StringComparer.Ordinal)) topic.ShowLatched(tap);
        return Hold(new Undo(() => link.Taps.Remove(tap)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (link.State == LinkState.Closed) return;
        link.Guard("disposing node", Node);
        while (held.Last is { } latest) latest.Value.Dispose();
        watch.Dispose();
        link.Dispose();
    }

    internal Resource Hold(Resource resource)
    {
        var place = held.AddLast(resource);
        resource.WhenReleased(() => held.Remove(place));
        return resource;
    }

    private T Hold<T>(T resource) where T : Resource
    {
        Hold((Resource)resource);
        return resource;
    }

    private RosbridgeTopic<T> Topic<T>(MessageType<T> type, string name) where T : IRosMessage
    {
        if (!topics.TryGetValue(name, out var topic)) topics.Add(name, topic = new RosbridgeTopic<T>(link, watch, type, name));
        return topic.Type.Name == type.Name && topic is RosbridgeTopic<T> same
            ? same
            : throw new RosGraphException($"topic {name} carries {topic.Type.Name} here; node '{Node}' cannot use it for {type.Name}");
    }

    private void Enter(string what, string name)
    {
        ObjectDisposedException.ThrowIf(link.State == LinkState.Closed, this);
        link.Guard(what, name);
        if (name != "/") RosNames.Check(name);
    }
}
