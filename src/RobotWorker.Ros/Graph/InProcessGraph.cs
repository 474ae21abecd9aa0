using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>
/// A ROS graph inside the process, on one thread. Everything that is published, called or sent waits in one queue, first in first out, and
/// arrives by the loop: never within the call that sent it, always in the same order.
/// </summary>
public sealed class InProcessGraph
{
    private readonly Queue<(IDelivery Target, object? Message)> queue = new();
    private readonly SortedDictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Service> services = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InProcessAction> actions = new(StringComparer.Ordinal);
    private readonly List<IMessageTap> taps = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly SynchronizationContext loop;
    private readonly SendOrPostCallback deliverNext;
    private readonly Queue<long> due = new();
    private int held, behind;
    private bool isStalled;
    private ITimer? arrival;
    private long lastDue;

    /// <param name="time">The clock of deadlines.</param>
    /// <param name="throughCdr">Sends every message through its bytes, as a wire would: what does not survive that shows.</param>
    /// <param name="loop">The loop that delivers; when null, the one that runs now.</param>
    /// <exception cref="InvalidOperationException">No loop is given, and none runs.</exception>
    public InProcessGraph(TimeProvider time, bool throughCdr = false, SynchronizationContext? loop = null)
    {
        Time = time;
        ThroughCdr = throughCdr;
        this.loop = loop ?? SynchronizationContext.Current
            ?? throw new InvalidOperationException("the in-process graph needs an episode loop: make it inside loop.Run, or pass the loop");
        deliverNext = _ => DeliverNext();
    }

    /// <summary>The clock of deadlines.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether messages go through their bytes.</summary>
    public bool ThroughCdr { get; }

    /// <summary>While it is true nothing that is sent arrives; then all of it does, in order: a wire over which nothing passes for a while, and TCP sends again.</summary>
    public bool IsStalled
    {
        get => isStalled;
        set
        {
            if (value == isStalled) return;
            isStalled = value;
            if (value) return;
            behind = queue.Count;
            for (; held > 0; held--) loop.Post(deliverNext, null);
        }
    }

    /// <summary>How long each message is on its way, asked for each; null: no time. None overtakes another: as over TCP, who is late makes those behind it late.</summary>
    public Func<TimeSpan>? Latency { get; init; }

    /// <summary>A node's connection.</summary>
    /// <param name="node">The node's name, <c>robot</c>: for errors and displays.</param>
    public IRosConnection Connect(string node) => new InProcessConnection(this, node, ignoresLocal: false);

    /// <summary>The connection of a bridge to another graph: it does not hear what it publishes itself, which would go round for ever.</summary>
    internal IRosConnection ConnectBridge(string node) => new InProcessConnection(this, node, ignoresLocal: true);

    /// <summary>What is there now, for whoever tells others of it: rosapi, a bridge to another graph.</summary>
    public GraphView Look() => new(
        [.. topics.Values.Select(topic => topic.View)],
        [.. services.Values.Select(service => new ServiceView(service.Name, service.Description, service.Node))],
        [.. actions.Values.Select(action => new ActionView(action.Name, action.Description, action.ServerNode))]);

    /// <summary>Raised within the loop, after an action was offered or withdrawn.</summary>
    internal event Action? ActionsChanged;

    internal void TellActionsChanged()
    {
        if (ActionsChanged is not null) Later(() => ActionsChanged?.Invoke());
    }

    /// <summary>Whether what is sent now waits for what was sent while the graph was stalled.</summary>
    internal bool IsBehind => isStalled || behind > 0;

    internal IReadOnlyList<TopicInfo> Topics => [.. topics.Values.Select(topic => topic.Info)];

    internal IReadOnlyList<IMessageTap> Taps => taps;

    internal void Enqueue(IDelivery target, object? message)
    {
        queue.Enqueue((target, message));
        if (behind > 0) behind++;
        if (Latency is null) Arrive();
        else Send(Latency());
    }

    private void Send(TimeSpan latency)
    {
        var at = Time.GetTimestamp() + (long)(latency.TotalSeconds * Time.TimestampFrequency);
        lastDue = Math.Max(lastDue, at);
        due.Enqueue(lastDue);
        if (due.Count == 1) AwaitNext();
    }

    private void AwaitNext()
    {
        var wait = TimeSpan.FromSeconds(Math.Max(0, due.Peek() - Time.GetTimestamp()) / (double)Time.TimestampFrequency);
        arrival ??= Time.CreateTimer(_ => ArriveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        arrival.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void ArriveDue()
    {
        while (due.Count > 0 && due.Peek() <= Time.GetTimestamp())
        {
            due.Dequeue();
            Arrive();
        }
        if (due.Count > 0) AwaitNext();
    }

    private void Arrive()
    {
        if (isStalled) held++;
        else loop.Post(deliverNext, null);
    }

    internal void Later(Action work) => Enqueue(Work.Instance, work);

    /// <summary>As <see cref="Later"/>, but nothing that goes from one node to another: a graph that is stalled does not hold it.</summary>
    internal void Locally(Action work) => loop.Post(_ => work(), null);

    internal void Guard(string what, string name)
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException(
                $"the in-process graph left the episode's thread at {what} {name}: it belongs to thread {thread}, this is {Environment.CurrentManagedThreadId}");
    }

    internal Topic<T> Topic<T>(MessageType<T> type, string name, string node) where T : IRosMessage
    {
        RosNames.Check(name);
        if (!topics.TryGetValue(name, out var topic)) topics.Add(name, topic = new Topic<T>(this, type, name));
        return topic.Info.RosType == type.Name && topic is Topic<T> same
            ? same
            : throw new RosGraphException($"topic {name} carries {topic.Info.RosType}; node '{node}' cannot use it for {type.Name}");
    }

    internal Topic? FindTopic(string name) => topics.GetValueOrDefault(name);

    internal void RemoveTopic(Topic topic)
    {
        if (topics.GetValueOrDefault(topic.Info.Name) == topic) topics.Remove(topic.Info.Name);
    }

    internal InProcessAction? FindAction(string name) => actions.GetValueOrDefault(name);

    internal Service? FindService(string name) => services.GetValueOrDefault(name);

    internal void AddService(Service service)
    {
        RosNames.Check(service.Name);
        if (!services.TryAdd(service.Name, service))
            throw new RosGraphException($"service {service.Name} is already offered by node '{services[service.Name].Node}'");
    }

    internal void RemoveService(Service service) => services.Remove(service.Name);

    internal InProcessAction<TGoal, TResult, TFeedback> Action<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type, string name, string node)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        RosNames.Check(name);
        if (!actions.TryGetValue(name, out var action)) actions.Add(name, action = new InProcessAction<TGoal, TResult, TFeedback>(this, type, name));
        return action is InProcessAction<TGoal, TResult, TFeedback> same && same.Type == type.Name
            ? same
            : throw new RosGraphException($"action {name} has another type; node '{node}' cannot use it as {type.Name}");
    }

    internal Resource Tap(IMessageTap tap)
    {
        Guard("tap", "");
        taps.Add(tap);
        foreach (var topic in topics.Values) topic.ShowLatched(tap);
        return new Undo(() => taps.Remove(tap));
    }

    /// <summary>The message as the other side gets it.</summary>
    internal T Carried<T>(MessageType<T> type, T message) where T : IRosMessage => ThroughCdr ? Cdr.Deserialize(type, Cdr.Serialize(message)) : message;

    private void DeliverNext()
    {
        var (target, message) = queue.Dequeue();
        if (behind > 0) behind--;
        target.Deliver(message);
    }

    private sealed class Work : IDelivery
    {
        public static readonly Work Instance = new();

        public void Deliver(object? message) => ((Action)message!)();
    }
}

/// <summary>Where something in the queue goes.</summary>
internal interface IDelivery
{
    void Deliver(object? message);
}
