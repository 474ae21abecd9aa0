using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>What was encoded last on each topic: a message goes to its subscriptions one right after another, so that each is encoded once, not once a client.</summary>
internal sealed class FrameCache(RosDialect dialect, TimeProvider time)
{
    private readonly Dictionary<string, WeakReference<object>> topics = new(StringComparer.Ordinal);

    /// <summary>The topic's; shared by all who subscribe it at once.</summary>
    public TopicFrames<T> Of<T>(string topic, MessageType<T> type) where T : IRosMessage
    {
        if (topics.TryGetValue(topic, out var known) && known.TryGetTarget(out var target) && target is TopicFrames<T> same && same.Type.Name == type.Name) return same;
        if (topics.Count > 256) foreach (var (name, _) in topics.Where(entry => !entry.Value.TryGetTarget(out _)).ToList()) topics.Remove(name);
        var fresh = new TopicFrames<T>(topic, type, dialect, time);
        topics[topic] = new(fresh);
        return fresh;
    }
}
