using System.Collections.Immutable;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1.Wire;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// A node on a real ROS 1 graph. It registers with the master and is registered again when the master was restarted; it publishes, subscribes, serves and
/// calls over TCPROS. It lives on its loop; its sockets have threads of their own, which decode there and hand over whole messages.
/// </summary>
/// <remarks>
/// A reliable topic keeps up to <see cref="Ros1Options.QueueBytes"/> for a slow subscriber and tells when that does not suffice; a best-effort one keeps
/// its depth and counts what it drops. A reliable subscription that the loop is too slow for makes its publisher wait, a best-effort one drops the oldest.
/// </remarks>
public sealed class Ros1Node : IRosConnection, IAsyncDisposable
{
    private readonly LinkedList<Resource> held = [];
    private readonly Dictionary<string, Ros1Publication> publications = new(StringComparer.Ordinal);
    private readonly HashSet<string> services = new(StringComparer.Ordinal);
    private readonly HashSet<string> actions = new(StringComparer.Ordinal);
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool isClosed;
    private Task farewell = Task.CompletedTask;

    private Ros1Node(RosLoop loop, string node, Ros1Options options)
    {
        RosNames.Check("/" + node);
        Loop = loop;
        Node = node;
        Options = options;
        Wire = new("/" + node, options, new Events(this), why => loop.PostFromOutside(() => ShutDown(why)));
        Parameters = new(this);
        Clock = new(this);
    }

    /// <inheritdoc/>
    public event Action<LinkState>? LinkChanged;

    /// <summary>Raised on the loop for what ROS 1 would keep silent about: a type that differs, a message that was dropped, a master that does not answer.</summary>
    public event Action<Ros1Problem>? ProblemFound;

    /// <summary>Raised on the loop after <see cref="Topics"/> changed.</summary>
    public event Action? TopicsChanged;

    /// <inheritdoc/>
    public string Node { get; }

    /// <summary>What it was connected with.</summary>
    public Ros1Options Options { get; }

    /// <summary>Up while the master answers. What is connected to other nodes stays connected without it.</summary>
    public LinkState Link { get; private set; } = LinkState.Connecting;

    /// <inheritdoc/>
    public TimeProvider Time => Loop.Time;

    /// <summary>The graph's topics as the master last told them; a topic of a type that is not compiled in has an empty definition.</summary>
    public IReadOnlyList<TopicInfo> Topics { get; private set; } = [];

    /// <summary>The parameter server.</summary>
    public Ros1Parameters Parameters { get; }

    /// <summary>The graph's time, for stamps.</summary>
    public Ros1Clock Clock { get; }

    /// <summary>The address of the node's own API, which the master and other nodes call.</summary>
    public string Api => Wire.Api;

    internal RosLoop Loop { get; }

    internal NodeWire Wire { get; }

    /// <summary>Begins to connect, and goes on trying; returns at once. <see cref="UpAsync"/> waits.</summary>
    /// <param name="loop">The thread that the node lives on; this is called there.</param>
    /// <param name="node">The node's name, <c>robot</c>; a second node of the same name makes the master end the first.</param>
    /// <param name="options">Where and how.</param>
    /// <exception cref="RosGraphException">The name is wrong.</exception>
    public static Ros1Node Connect(RosLoop loop, string node, Ros1Options options) => new(loop, node, options);

    /// <summary>Waits until the master has answered and knows everything that was asked for until now.</summary>
    /// <exception cref="Ros1Exception">It has not within <paramref name="deadline"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task UpAsync(TimeSpan deadline, CancellationToken cancel = default)
    {
        Enter("wait for the master of", Node);
        if (Link == LinkState.Up) return;
        var up = new TaskCompletionSource();
        void Look(LinkState link)
        {
            if (link == LinkState.Up) up.TrySetResult();
        }

        LinkChanged += Look;
        try
        {
            await up.Task.WaitAsync(deadline, Time, cancel);
        }
        catch (TimeoutException)
        {
            throw new Ros1Exception($"the master {Options.Master} did not answer within {deadline.TotalSeconds:0.###} s; is 'roscore' or 'rosmaster' running there?");
        }
        finally
        {
            LinkChanged -= Look;
        }
    }

    /// <inheritdoc/>
    public IPublisher<T> Advertise<T>(MessageType<T> type, string topic, Qos? qos = null) where T : IRosMessage
    {
        Enter("advertise", topic);
        RosNames.Check(topic);
        if (!publications.TryGetValue(topic, out var publication)) publications.Add(topic, publication = Publish(type, topic, qos ?? Qos.Default));
        if (publication.Carried != typeof(T) || publication.Sender.Type.Name != Ros1Definition.NameOf(type.Name))
            throw new RosGraphException($"topic {topic} carries {publication.Sender.Type.Name}; node '{Node}' cannot use it for {type.Name}");
        publication.Holders++;
        return Hold(new Ros1Publisher<T>(this, publication));
    }

    /// <inheritdoc/>
    public IDisposable Subscribe<T>(MessageType<T> type, string topic, Action<T> handler, Qos? qos = null) where T : IRosMessage
    {
        Enter("subscribe", topic);
        RosNames.Check(topic);
        ArgumentNullException.ThrowIfNull(handler);
        return Hold(Listen(type, topic, handler, qos).End);
    }

    /// <summary>Receives what other nodes publish on a topic, and not what this one does.</summary>
    internal IDisposable SubscribeOthers<T>(MessageType<T> type, string topic, Action<T> handler) where T : IRosMessage =>
        Hold(Listen(type, topic, handler, null, except: Wire.Api).End);

    /// <inheritdoc/>
    public IDisposable AdvertiseService<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("offering service", service);
        RosNames.Check(service);
        ArgumentNullException.ThrowIfNull(handler);
        if (!services.Add(service)) throw new RosGraphException($"service {service} is already offered by node '{Node}'");
        var offered = new Ros1ServiceHandler<TRequest, TResponse>(type, service, Loop, handler, text => Tell(service, text));
        var wireType = new WireType(Ros1Definition.NameOf(type.Name), Ros1Definition.Md5Of(type), "");
        var end = Wire.Add(new ServiceHost(Wire.Caller, service, wireType, wireType.Name + "Request", wireType.Name + "Response", offered.Answer, text => Tell(service, text)));
        return Hold(new Undo(() =>
        {
            services.Remove(service);
            end();
            offered.Dispose();
        }));
    }

    /// <inheritdoc/>
    public Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("call", service);
        RosNames.Check(service);
        var md5 = Ros1Definition.Md5Of(type);
        return PendingCall<TResponse>.Run(Loop, async stop =>
        {
            using var caller = await ServiceCaller<TRequest, TResponse>.OpenAsync(type, service, md5, false, Wire.Caller, Wire.Master, Options, stop);
            return await caller.CallAsync(request, stop);
        }, deadline, () => TooLate(service, deadline), cancel);
    }

    /// <summary>Connects to a service's server for many calls.</summary>
    /// <exception cref="RosServiceException">Nobody offers it, its server refuses this type, or <paramref name="deadline"/> passed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<Ros1ServiceProxy<TRequest, TResponse>> OpenServiceAsync<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("open", service);
        RosNames.Check(service);
        var md5 = Ros1Definition.Md5Of(type);
        var caller = await PendingCall<ServiceCaller<TRequest, TResponse>>.Run(
            Loop, stop => ServiceCaller<TRequest, TResponse>.OpenAsync(type, service, md5, true, Wire.Caller, Wire.Master, Options, stop),
            deadline, () => TooLate(service, deadline), cancel);
        return new(this, service, caller);
    }

    /// <inheritdoc/>
    public IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type, string action)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("use action", action);
        RosNames.Check(action);
        var link = new Ros1ActionLink<TGoal, TResult, TFeedback>(this, type, action);
        return Hold(link.Client, link.Dispose);
    }

    /// <inheritdoc/>
    public IDisposable AdvertiseAction<TGoal, TResult, TFeedback>(
        ActionType<TGoal, TResult, TFeedback> type, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("offering action", action);
        RosNames.Check(action);
        ArgumentNullException.ThrowIfNull(handler);
        if (!actions.Add(action)) throw new RosGraphException($"action {action} is already offered by node '{Node}'");
        var server = new ActionlibServer<TGoal, TResult, TFeedback>(this, Loop.Later, type, action, handler);
        return Hold(new Undo(() =>
        {
            actions.Remove(action);
            server.Dispose();
        }));
    }

    /// <summary>Shows every message of every topic of a known type from now on: each topic that the master names is subscribed, as a recorder would.</summary>
    public IDisposable Tap(IMessageTap tap)
    {
        Enter("tap", "");
        var taps = new Ros1Tap(this, tap);
        return Hold(new Undo(taps.Dispose));
    }

    /// <summary>Whether the master has been told everything that this node offers, wants, and has taken back until now.</summary>
    public bool IsSettled => Wire.Registrar.IsSettled;

    /// <summary>How many publishers of a topic this node's subscriptions of it are connected to now; a message published before that does not arrive.</summary>
    public int PublisherCount(string topic) => Wire.PublisherCount(topic);

    /// <summary>How many bytes of a topic that this node publishes wait for its slowest subscriber; who publishes much waits while it is much.</summary>
    public long WaitingBytes(string topic) =>
        publications.TryGetValue(topic, out var publication) ? publication.Sender.Connections.Select(connection => connection.WaitingBytes).DefaultIfEmpty(0).Max() : 0;

    /// <summary>What the master knows of its graph.</summary>
    /// <exception cref="Ros1Exception">It cannot be reached.</exception>
    public Task<Ros1SystemState> SystemStateAsync(CancellationToken cancel = default)
    {
        Enter("ask for the graph of", Node);
        return PendingCall<Ros1SystemState>.Run(Loop, Wire.Master.SystemStateAsync, null, () => new TimeoutException(), cancel);
    }

    /// <summary>
    /// The type of a topic's messages as a publisher has it, or a subscriber where nobody publishes, with which they can be read even if it is not compiled in:
    /// the header of a connection tells the definition. (Subscribers written with roscpp do not.)
    /// </summary>
    /// <exception cref="Ros1Exception">No other node has the topic, or none that has it can be reached and tells its type.</exception>
    public Task<MessageType> TypeOfAsync(string topic, CancellationToken cancel = default)
    {
        Enter("probe", topic);
        RosNames.Check(topic);
        return PendingCall<MessageType>.Run(Loop, stop => Probe.TopicAsync(Wire, topic, stop), null, () => new TimeoutException(), cancel);
    }

    /// <summary>The name of a service's type and its md5sum as its server has them: ROS 1 tells no more.</summary>
    /// <exception cref="Ros1Exception">Nobody offers the service, or its server cannot be reached.</exception>
    public Task<(string Type, string Md5)> TypeOfServiceAsync(string service, CancellationToken cancel = default)
    {
        Enter("probe", service);
        RosNames.Check(service);
        return PendingCall<(string, string)>.Run(Loop, stop => Probe.ServiceAsync(Wire, service, stop), null, () => new TimeoutException(), cancel);
    }

    /// <summary>Ends the node. The master is told in the background; who ends the process waits for <see cref="DisposeAsync"/> instead.</summary>
    public void Dispose()
    {
        if (isClosed) return;
        Guard("disposing node", Node);
        isClosed = true;
        while (held.Last is { } latest) latest.Value.Dispose();
        SetLink(LinkState.Closed);
        farewell = PendingCall<bool>.Run(Loop, async _ =>
        {
            await Wire.CloseAsync();
            return true;
        }, null, () => new TimeoutException(), CancellationToken.None);
    }

    /// <summary>Ends the node, and waits until the master has taken back what it knew of it, at most <see cref="Ros1Options.CallDeadline"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await farewell;
    }

    internal static RosServiceException TooLate(string service, TimeSpan deadline) => new(
        service, ServiceFailure.Deadline, $"service {service}: no answer within {deadline.TotalSeconds:0.###} s; whether it acted is unknown");

    internal void Guard(string what, string name)
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException(
                $"the ROS 1 node left its loop's thread at {what} {name}: it belongs to thread {thread}, this is {Environment.CurrentManagedThreadId}");
    }

    internal void Enter(string what, string name)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        Guard(what, name);
    }

    internal T Hold<T>(T resource, Action? released = null) where T : Resource
    {
        var place = held.AddLast(resource);
        resource.WhenReleased(() =>
        {
            held.Remove(place);
            released?.Invoke();
        });
        return resource;
    }

    internal void Release(Ros1Publication publication)
    {
        if (--publication.Holders > 0) return;
        publications.Remove(publication.Sender.Topic);
        publication.End();
    }

    /// <summary>Tells a problem from any thread.</summary>
    internal void Tell(string name, string text) => Loop.PostFromOutside(() => ProblemFound?.Invoke(new(name, text)));

    /// <summary>A subscription, and its connections, which some need to watch.</summary>
    /// <param name="except">The slave API of a node whose messages are not wanted.</param>
    internal (TopicReceiver Receiver, Resource End) Listen<T>(MessageType<T> type, string topic, Action<T> handler, Qos? qos, string? except = null) where T : IRosMessage
    {
        var queue = new TopicQueue<T>(type, qos, Options.QueueBytes, Loop, handler, text => Tell(topic, text));
        var receiver = new TopicReceiver(Wire.Caller, topic, TypeOf(type), queue, Wire.Client, Options, text => Tell(topic, text)) { Except = except };
        var end = Wire.Add(receiver);
        return (receiver, new Undo(() =>
        {
            queue.Close();
            end();
        }));
    }

    private static WireType TypeOf(MessageType type) => new(Ros1Definition.NameOf(type.Name), Ros1Definition.Md5Of(type), Ros1Definition.TextOf(type));

    private Ros1Publication Publish<T>(MessageType<T> type, string topic, Qos qos) where T : IRosMessage
    {
        var isBestEffort = qos.Reliability == Reliability.BestEffort;
        var limits = new SenderLimits(isBestEffort ? qos.Depth : int.MaxValue, Options.QueueBytes, IsLossTold: !isBestEffort, Options.PeerDeadline);
        var latched = qos.Durability == Durability.TransientLocal ? qos.Depth : 0;
        var sender = new TopicSender(Wire.Caller, topic, TypeOf(type), latched, limits, Options.WireClock, text => Tell(topic, text));
        return new(Loop, sender, typeof(T), Wire.Add(sender));
    }

    private void ShutDown(string why)
    {
        if (isClosed) return;
        ProblemFound?.Invoke(new(Node, $"the node was told to end: {(why.Length > 0 ? why : "no reason was given")}; it has ended"));
        Dispose();
    }

    private void SetLink(LinkState link)
    {
        if (Link == link || Link == LinkState.Closed) return;
        Link = link;
        LinkChanged?.Invoke(link);
    }

    private void SetTopics(ImmutableArray<(string Topic, string Type)> topics)
    {
        Topics = [.. topics.Select(topic => Describe(topic.Topic, RosTypes.Full(topic.Type, "msg")))];
        TopicsChanged?.Invoke();
    }

    private static TopicInfo Describe(string topic, string type) => new(topic, type, RosTypes.Message(type)?.Definition ?? "", Qos.Default);

    private sealed class Events(Ros1Node node) : IRegistrarEvents
    {
        public void MasterIs(bool there) => node.Loop.PostFromOutside(() => node.SetLink(there ? LinkState.Up : LinkState.Connecting));

        public void TopicsAre(ImmutableArray<(string Topic, string Type)> topics) => node.Loop.PostFromOutside(() => node.SetTopics(topics));

        public void Problem(string name, string text) => node.Tell(name, text);
    }
}
