using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>A topic of the in-process graph, whatever its type.</summary>
internal abstract class Topic(TopicInfo info, MessageType type)
{
    public TopicInfo Info { get; protected set; } = info;

    public MessageType Type { get; } = type;

    /// <summary>Nobody publishes or subscribes it any more.</summary>
    public abstract bool IsAbandoned { get; }

    public abstract TopicView View { get; }

    public abstract void ShowLatched(IMessageTap tap);
}

/// <summary>A topic of the in-process graph: its publishers with what they latched, and its subscriptions.</summary>
internal sealed class Topic<T>(InProcessGraph graph, MessageType<T> type, string name) : Topic(new(name, type.Name, type.Definition, null), type) where T : IRosMessage
{
    private readonly List<Publisher> publishers = [];
    private readonly List<Subscription> subscriptions = [];
    private uint sequence;

    public override bool IsAbandoned => publishers.Count == 0 && subscriptions.Count == 0;

    public override TopicView View => new(
        Info.Name, Type, Info.Qos, [.. publishers.Select(publisher => publisher.Node)], [.. subscriptions.Select(subscription => subscription.Node)]);

    public Publisher Advertise(Qos qos, string node)
    {
        if (subscriptions.Find(subscription => subscription.Asked is { } asked && !qos.Serves(asked)) is { } unserved)
            throw Incompatible(node, qos, unserved.Node, unserved.Asked!);
        var publisher = new Publisher(this, qos, node);
        publishers.Add(publisher);
        if (Info.Qos is null) Info = Info with { Qos = qos };
        return publisher;
    }

    public Subscription Subscribe(Action<T> handler, Qos? asked, string node, bool ignoresLocal)
    {
        if (asked is not null && publishers.Find(publisher => !publisher.Qos.Serves(asked)) is { } other)
            throw Incompatible(other.Node, other.Qos, node, asked);
        var subscription = new Subscription(this, handler, asked, node, ignoresLocal);
        subscriptions.Add(subscription);
        if (asked is null || asked.Durability == Durability.TransientLocal)
            foreach (var publisher in publishers.Where(subscription.Hears))
                foreach (var (message, _) in publisher.Latched) graph.Enqueue(subscription, message);
        return subscription;
    }

    public override void ShowLatched(IMessageTap tap)
    {
        foreach (var publisher in publishers)
            foreach (var (message, number) in publisher.Latched) tap.Saw(new(Info, message, number));
    }

    private void Publish(Publisher publisher, T message)
    {
        graph.Guard("publish", Info.Name);
        ArgumentNullException.ThrowIfNull(message);
        sequence++;
        if (graph.IsBehind) ShowLater(message, sequence);
        else Show(message, sequence);
        if (graph.ThroughCdr) message = graph.Carried(type, message);
        publisher.Latch(message, sequence);
        for (var i = 0; i < subscriptions.Count; i++)
            if (subscriptions[i].Hears(publisher)) graph.Enqueue(subscriptions[i], message);
    }

    // Who looks on sees it when it arrives: a recording tells of a wire's pauses, too.
    private void ShowLater(T message, uint number) => graph.Later(() => Show(message, number));

    private void Show(T message, uint number)
    {
        var taps = graph.Taps;
        for (var i = 0; i < taps.Count; i++) taps[i].Saw(new(Info, message, number));
    }

    // A name that nobody uses any more is free for any type: whoever mistook it once does not block it for ever.
    private void Tidy()
    {
        if (IsAbandoned) graph.RemoveTopic(this);
    }

    private RosGraphException Incompatible(string publisher, Qos offered, string subscriber, Qos asked) =>
        new($"topic {Info.Name}: node '{publisher}' offers {offered}, node '{subscriber}' asks for {asked}; on ROS 2 nothing would arrive");

    internal sealed class Publisher(Topic<T> topic, Qos qos, string node) : Resource, IPublisher<T>
    {
        public Qos Qos => qos;

        public string Node => node;

        public string Topic => topic.Info.Name;

        public int SubscriberCount => topic.subscriptions.Count;

        public Queue<(T Message, uint Sequence)> Latched { get; } = new();

        public void Publish(T message)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            topic.Publish(this, message);
        }

        public void Latch(T message, uint sequence)
        {
            if (qos.Durability != Durability.TransientLocal) return;
            if (Latched.Count == qos.Depth) Latched.Dequeue();
            Latched.Enqueue((message, sequence));
        }

        protected override void Release()
        {
            topic.publishers.Remove(this);
            topic.Tidy();
        }
    }

    internal sealed class Subscription(Topic<T> topic, Action<T> handler, Qos? asked, string node, bool ignoresLocal) : Resource, IDelivery
    {
        public Qos? Asked => asked;

        public string Node => node;

        public bool Hears(Publisher publisher) => !ignoresLocal || publisher.Node != node;

        public void Deliver(object? message)
        {
            if (!IsDisposed) handler((T)message!);    // what was on its way when it was disposed does not arrive
        }

        protected override void Release()
        {
            topic.subscriptions.Remove(this);
            topic.Tidy();
        }
    }
}
