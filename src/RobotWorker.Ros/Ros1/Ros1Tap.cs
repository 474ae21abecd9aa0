using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1;

/// <summary>Subscribes every topic of a known type, those that appear later too, and shows their messages to a tap.</summary>
internal sealed class Ros1Tap : IDisposable
{
    private readonly Ros1Node node;
    private readonly IMessageTap tap;
    private readonly Dictionary<string, IDisposable> subscriptions = new(StringComparer.Ordinal);

    public Ros1Tap(Ros1Node node, IMessageTap tap)
    {
        this.node = node;
        this.tap = tap;
        node.TopicsChanged += Follow;
        Follow();
    }

    public void Dispose()
    {
        node.TopicsChanged -= Follow;
        foreach (var subscription in subscriptions.Values) subscription.Dispose();
    }

    private void Follow()
    {
        foreach (var topic in node.Topics)
            if (!subscriptions.ContainsKey(topic.Name) && RosTypes.Message(topic.RosType) is { } type)
                subscriptions.Add(topic.Name, type.Accept(new Subscriber(node, tap, topic)));
    }

    private sealed class Subscriber(Ros1Node node, IMessageTap tap, TopicInfo topic) : IMessageTypeVisitor<IDisposable>
    {
        private uint sequence;

        public IDisposable Visit<T>(MessageType<T> type) where T : IRosMessage =>
            node.Listen(type, topic.Name, message => tap.Saw(new(topic, message, ++sequence)), null).End;
    }
}
