using System.Collections.Immutable;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Protocol;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>A topic that this connection publishes or subscribes, whatever its type.</summary>
internal abstract class RosbridgeTopic(string name, MessageType type) : TopicTarget, ISpoken
{
    public string Name => name;

    public MessageType Type => type;

    public Qos? Offered { get; protected set; }

    /// <summary>Whether the server should know it now.</summary>
    public abstract bool IsUsed { get; }

    public TopicInfo Info => new(name, type.Name, type.Definition, Offered);

    public abstract void ShowLatched(IMessageTap tap);

    public abstract void Say();

    public void Lost(string why)
    {
    }
}

/// <summary>
/// A topic of this connection: however many publishers and subscriptions there are here, the server sees one of each, since it lets the
/// least generous of several subscriptions decide for all (its <c>queue_length</c> is the minimum).
/// </summary>
internal sealed class RosbridgeTopic<T> : RosbridgeTopic where T : IRosMessage
{
    private readonly RosbridgeLink link;
    private readonly RosapiWatch watch;
    private readonly MessageType<T> type;
    private readonly byte[] publishPrefix;
    private readonly List<Publisher> publishers = [];
    private ImmutableArray<Subscription> subscriptions = [];    // replaced, never changed: a handler may end its own subscription, or begin another
    private readonly Queue<T> latched = new();
    private volatile RosbridgeCompression compression;    // the socket's thread reads it
    private T? latest;
    private bool hasLatest;
    private uint sequence;
    private bool isKnown;

    public RosbridgeTopic(RosbridgeLink link, RosapiWatch watch, MessageType<T> type, string name) : base(name, type)
    {
        this.link = link;
        this.watch = watch;
        this.type = type;
        publishPrefix = Encoding.UTF8.GetBytes($"{{\"op\":\"publish\",\"topic\":\"{name}\",\"msg\":");
    }

    public override bool IsUsed => publishers.Count > 0 || !subscriptions.IsEmpty;

    public Publisher Advertise(Qos qos)
    {
        var publisher = new Publisher(this, qos);
        publishers.Add(publisher);
        Offered ??= qos;
        Use(publishers.Count == 1 ? SayAdvertise : null);
        return publisher;
    }

    public Subscription Subscribe(Action<T> handler, Qos? asked, SubscribeOptions options)
    {
        var subscription = new Subscription(this, handler, asked, options);
        link.Targets.Topics[Name] = this;
        // The server sends what it latched to its first subscription alone: the next here gets it from us.
        if (!subscriptions.IsEmpty && hasLatest && asked?.Durability == Durability.TransientLocal)
            link.Later(() => subscription.Deliver(latest!));
        subscriptions = subscriptions.Add(subscription);
        Use(SaySubscribe);
        return subscription;
    }

    public override object? Decode(in JsonOp op, RosDialect dialect) => RosJson.Deserialize(type, op.Msg, dialect, UnknownFields.Ignore);

    public override object? Decode(in CborOp op, RosDialect dialect)
    {
        if (compression != RosbridgeCompression.CborRaw) return RosCbor.Deserialize(type, op.Msg, dialect, UnknownFields.Ignore);
        var bytes = CborOp.RawBytes(op.Msg);
        return dialect == RosDialect.Ros1 ? Ros1Wire.Deserialize(type, bytes) : Cdr.Deserialize(type, bytes);
    }

    public override void Deliver(object? message)
    {
        var value = (T)message!;
        (latest, hasLatest) = (value, true);
        Show(value);
        foreach (var subscription in subscriptions) subscription.Deliver(value);
    }

    public override void Say()
    {
        if (publishers.Count > 0) SayAdvertise();
        if (!subscriptions.IsEmpty) SaySubscribe();
        foreach (var message in latched) Send(message);    // state, not commands: /map, /robot_description
    }

    public override void ShowLatched(IMessageTap tap)
    {
        foreach (var message in latched) tap.Saw(new(Info, message, sequence));
    }

    private void Use(Action? say)
    {
        if (!isKnown)
        {
            isKnown = true;
            link.Add(this);
        }
        else if (link.State == LinkState.Up)
        {
            say?.Invoke();
        }

        watch.Changed();
    }

    private void Unuse()
    {
        if (IsUsed || !isKnown) return;
        isKnown = false;
        link.Remove(this);
        watch.Changed();
    }

    private void SayAdvertise()
    {
        var offered = publishers[0].Qos;
        link.Command(
            link.Op("advertise").Text("id", "advertise:" + Name).Text("topic", Name).Text("type", link.Spelled(type.Name))
                .Truth("latch", offered.Durability == Durability.TransientLocal).Number("queue_size", offered.Depth).Take(),
            Name);
    }

    // Said again under the same id it replaces what was said before.
    private void SaySubscribe()
    {
        var wishes = subscriptions.Select(subscription => subscription.Options).ToList();
        compression = wishes.Select(wish => wish.Compression).LastOrDefault(wish => wish is not null) ?? link.Options.Compression;
        var op = link.Op("subscribe").Text("id", "subscribe:" + Name).Text("topic", Name).Text("type", link.Spelled(type.Name))
            .Number("throttle_rate", Math.Floor(wishes.Min(wish => wish.Throttle).TotalMilliseconds))
            .Number("queue_length", wishes.Exists(wish => wish.QueueLength == 0) ? 0 : wishes.Max(wish => wish.QueueLength))
            .Text("compression", compression switch
            {
                RosbridgeCompression.None => "none",
                RosbridgeCompression.Png => "png",
                RosbridgeCompression.Cbor => "cbor",
                RosbridgeCompression.CborRaw => "cbor-raw",
            });
        if (wishes.Select(wish => wish.FragmentBytes).LastOrDefault(wish => wish is not null) is { } fragment) op = op.Number("fragment_size", fragment);
        link.Command(op.Take(), Name);
    }

    private void Publish(Publisher publisher, T message)
    {
        link.Guard("publish", Name);
        ArgumentNullException.ThrowIfNull(message);
        Show(message);
        if (publisher.Qos.Durability == Durability.TransientLocal)
        {
            if (latched.Count == publisher.Qos.Depth) latched.Dequeue();
            latched.Enqueue(message);
            if (link.State != LinkState.Up) return;    // it is said when the link is back
        }

        Send(message);
    }

    private void Send(T message)
    {
        if (link.State != LinkState.Up)
        {
            link.DroppedWhileDown();
            return;
        }

        var builder = link.Builder;
        builder.Clear();
        builder.Append(publishPrefix);
        try
        {
            RosJson.Serialize(message, link.Dialect!.Value, builder);
        }
        catch (RosCodecException)
        {
            builder.Clear();
            throw;
        }

        builder.Append("}"u8);
        WarnOfNulls(builder.Written[publishPrefix.Length..]);
        link.Publish(builder.Take(FrameKind.Telemetry));
    }

    // JSON has no NaN and no infinity; servers drop a message with a null in a list, without a word.
    private void WarnOfNulls(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("[null"u8) < 0 && message.IndexOf(",null"u8) < 0) return;
        link.Report(new(
            RosbridgeProblemCode.NotCarried, Name, "a published list holds NaN or an infinity, which leaves as null",
            "servers drop such messages; send the greatest value that the receiver takes for none"));
    }

    private void Show(T message)
    {
        sequence++;
        for (var i = 0; i < link.Taps.Count; i++) link.Taps[i].Saw(new(Info, message, sequence));
    }

    internal sealed class Publisher(RosbridgeTopic<T> topic, Qos qos) : Resource, IPublisher<T>
    {
        public Qos Qos => qos;

        public string Topic => topic.Name;

        /// <summary>How many listen behind the server is not told: while the link is up, somebody may.</summary>
        public int SubscriberCount => topic.link.State == LinkState.Up || qos.Durability == Durability.TransientLocal ? 1 : 0;

        public void Publish(T message)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            topic.Publish(this, message);
        }

        protected override void Release()
        {
            topic.publishers.Remove(this);
            if (topic.publishers.Count > 0) return;
            topic.Offered = null;
            topic.latched.Clear();
            topic.link.Command(topic.link.Op("unadvertise").Text("id", "advertise:" + topic.Name).Text("topic", topic.Name).Take(), topic.Name);
            topic.Unuse();
        }
    }

    internal sealed class Subscription(RosbridgeTopic<T> topic, Action<T> handler, Qos? asked, SubscribeOptions options) : Resource
    {
        public SubscribeOptions Options => options;

        public Qos? Asked => asked;

        public void Deliver(T message)
        {
            if (!IsDisposed) handler(message);
        }

        protected override void Release()
        {
            topic.subscriptions = topic.subscriptions.Remove(this);
            if (!topic.subscriptions.IsEmpty) return;
            topic.link.Targets.Topics.TryRemove(topic.Name, out _);
            (topic.latest, topic.hasLatest) = (default, false);
            topic.link.Command(topic.link.Op("unsubscribe").Text("id", "subscribe:" + topic.Name).Text("topic", topic.Name).Take(), topic.Name);
            topic.Unuse();
        }
    }
}
