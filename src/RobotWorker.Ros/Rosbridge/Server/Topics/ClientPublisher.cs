using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>A topic that a client publishes, whatever its type.</summary>
internal abstract class ClientPublisher(string type) : IDisposable
{
    public string Type => type;

    /// <summary>The ids under which it was advertised.</summary>
    public HashSet<OpId> Ids { get; } = [];

    /// <exception cref="RosCodecException">It is no message of the type.</exception>
    public abstract void Publish(ReadOnlySpan<byte> json);

    public abstract void Dispose();
}

/// <summary>A topic that a client publishes.</summary>
internal sealed class ClientPublisher<T>(MessageType<T> type, IPublisher<T> publisher, RosDialect dialect) : ClientPublisher(type.Name) where T : IRosMessage
{
    public override void Publish(ReadOnlySpan<byte> json) => publisher.Publish(RosJson.Deserialize(type, json, dialect));

    public override void Dispose() => publisher.Dispose();
}
