using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1.Wire;

namespace RobotWorker.Ros.Ros1;

/// <summary>A topic that this node publishes, for all its publishers of it: ROS 1 knows one of each node.</summary>
internal sealed class Ros1Publication(RosLoop loop, TopicSender sender, Type carried, Action end)
{
    private Action? flush;
    private bool isFlushing;

    public TopicSender Sender => sender;

    /// <summary>The C# type of the messages.</summary>
    public Type Carried => carried;

    /// <summary>How many publishers hold it.</summary>
    public int Holders { get; set; }

    public void End() => end();

    /// <summary>Puts a message in line. The lines go out when the loop's turn is over, so that what is published together travels together.</summary>
    public void Publish(IRosMessage message)
    {
        if (sender.IsForNobody) return;
        sender.Publish(Frame.Of(message));
        if (isFlushing) return;
        isFlushing = true;
        loop.Later(flush ??= Flush);
    }

    private void Flush()
    {
        isFlushing = false;
        sender.Flush();
    }
}

/// <summary>One publisher of it.</summary>
internal sealed class Ros1Publisher<T>(Ros1Node node, Ros1Publication publication) : Resource, IPublisher<T> where T : IRosMessage
{
    public string Topic => publication.Sender.Topic;

    public int SubscriberCount => publication.Sender.Count;

    public void Publish(T message)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentNullException.ThrowIfNull(message);
        node.Guard("publish", Topic);
        publication.Publish(message);
    }

    protected override void Release() => node.Release(publication);
}
