using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>Publishes on one topic until disposed.</summary>
public interface IPublisher<T> : IDisposable where T : IRosMessage
{
    /// <summary>The topic's name.</summary>
    string Topic { get; }

    /// <summary>How many subscriptions it reaches now; a costly message for nobody need not be made.</summary>
    int SubscriberCount { get; }

    /// <summary>Publishes a message. It is delivered later, never within this call.</summary>
    void Publish(T message);
}
