using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>What one client publishes and subscribes. The same topic twice, under two ids, is one publisher and one subscription, as in the reference server.</summary>
internal sealed class ClientTopics(ClientSession session) : IDisposable
{
    private readonly Dictionary<string, ClientPublisher> publishers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClientSubscription> subscriptions = new(StringComparer.Ordinal);

    public void Advertise(Advertise op)
    {
        var type = session.Server.Types.Message(op.Type);
        if (publishers.TryGetValue(op.Topic, out var known))
        {
            if (known.Type != type.Name) throw new RefusedException($"{op.Topic} carries {known.Type}, not {type.Name}");
            known.Ids.Add(op.Id);
            return;
        }

        session.CheckRoom(publishers.Count, "advertised topics");
        var qos = op.Latch ? Qos.Latched : new Qos(Math.Clamp(op.QueueSize, 1, 10_000), Reliability.Reliable, Durability.Volatile);
        Open(op.Topic, type, qos).Ids.Add(op.Id);
    }

    public void Unadvertise(Unadvertise op)
    {
        if (!publishers.TryGetValue(op.Topic, out var publisher)) throw new RefusedException(NotMine("advertised", op.Topic, publishers.Keys));
        if (!Ended(publisher.Ids, op.Id)) return;
        publishers.Remove(op.Topic);
        publisher.Dispose();
    }

    public void Publish(Publish op)
    {
        if (!publishers.TryGetValue(op.Topic, out var publisher))
        {
            // Allowed by the protocol: the type is the one that the topic has, or the one that is given.
            var type = session.Server.Graph.FindTopic(ClientSession.OnGraph(op.Topic))?.Type
                ?? (op.Type is { } name ? session.Server.Types.Message(name) : throw new RefusedException(
                    $"{op.Topic} is not advertised, and nobody on the graph knows its type; the message is dropped{Hint(op.Topic)}"));
            session.CheckRoom(publishers.Count, "advertised topics");
            publisher = Open(op.Topic, type, Qos.Default);
        }

        publisher.Publish(op.Message.Span);
    }

    public void Subscribe(Subscribe op)
    {
        if (!subscriptions.TryGetValue(op.Topic, out var subscription))
        {
            session.CheckRoom(subscriptions.Count, "subscriptions");
            var type = op.Type is { Length: > 0 } name
                ? session.Server.Types.Message(name)
                : session.Server.Graph.FindTopic(ClientSession.OnGraph(op.Topic))?.Type
                    ?? throw new RefusedException($"nobody publishes {op.Topic}, so that its type is unknown: give 'type'{Hint(op.Topic)}");
            subscription = type.Accept(new Subscriber(session, op.Topic));
            subscription.Ask(op);
            subscription.Start();
            subscriptions.Add(op.Topic, subscription);
            return;
        }

        if (op.Type is { Length: > 0 } other && session.Server.Types.Message(other).Name is var asked && asked != subscription.Type)
            throw new RefusedException($"{op.Topic} carries {subscription.Type}, not {asked}");
        session.CheckRoom(subscription.Count, $"subscriptions of {op.Topic}");
        subscription.Ask(op);
        subscription.ShowLatched();
    }

    public void Unsubscribe(Unsubscribe op)
    {
        if (!subscriptions.TryGetValue(op.Topic, out var subscription)) throw new RefusedException(NotMine("subscribed", op.Topic, subscriptions.Keys));
        if (!subscription.Forget(op.Id)) return;
        subscriptions.Remove(op.Topic);
        subscription.Dispose();
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions.Values) subscription.Dispose();
    }

    private ClientPublisher Open(string topic, MessageType type, Qos qos)
    {
        var publisher = type.Accept(new Opener(session, topic, qos));
        publishers.Add(topic, publisher);
        return publisher;
    }

    // An id ends its own holding; without one, or with one that is not known, all of them end, as in the reference server.
    internal static bool Ended(HashSet<OpId> ids, OpId id)
    {
        if (id.Text is not null && ids.Remove(id)) return ids.Count == 0;
        ids.Clear();
        return true;
    }

    private string Hint(string topic) =>
        RosNames.Problem(ClientSession.OnGraph(topic)) is { } problem ? $" ({problem})"
        : NameHelp.Nearest(topic, session.Server.Graph.Look().Topics.Select(known => known.Name)) is { } near ? $"; did you mean '{near}'?" : "";

    private static string NotMine(string what, string topic, IEnumerable<string> mine) => NameHelp.Of($"this client has not {what}", topic, mine);

    private sealed class Opener(ClientSession session, string topic, Qos qos) : IMessageTypeVisitor<ClientPublisher>
    {
        public ClientPublisher Visit<T>(MessageType<T> type) where T : IRosMessage =>
            new ClientPublisher<T>(type, session.Ros.Advertise(type, ClientSession.OnGraph(topic), qos), session.Dialect);
    }

    private sealed class Subscriber(ClientSession session, string topic) : IMessageTypeVisitor<ClientSubscription>
    {
        public ClientSubscription Visit<T>(MessageType<T> type) where T : IRosMessage => new ClientSubscription<T>(session, type, topic);
    }
}
