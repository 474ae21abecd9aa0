using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>Sees every message at the moment it is published (of a graph that is stalled: when it arrives), in the order of publication: what a recorder hangs on to.</summary>
public interface IMessageTap
{
    /// <summary>A message was published. It must not publish in turn.</summary>
    void Saw(in TappedMessage message);
}

/// <summary>A published message.</summary>
/// <param name="Topic">The topic with its type and definition.</param>
/// <param name="Message">The message; immutable, so that it may be kept. <see cref="Cdr"/> turns it into bytes.</param>
/// <param name="Sequence">The number of the message on its topic, from 1.</param>
public readonly record struct TappedMessage(TopicInfo Topic, IRosMessage Message, uint Sequence);
