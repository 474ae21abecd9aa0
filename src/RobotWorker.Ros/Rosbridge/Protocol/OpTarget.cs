using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>Whom an op concerns: it is decoded on the socket's thread and delivered on the loop.</summary>
internal abstract class OpTarget : IDelivery
{
    /// <summary>What the op says, as an immutable value.</summary>
    /// <exception cref="RosCodecException">It cannot be read.</exception>
    public abstract object? Decode(in JsonOp op, RosDialect dialect);

    /// <summary>Takes it, on the loop.</summary>
    public abstract void Deliver(object? message);
}

/// <summary>A target that binary frames may concern: a subscribed topic.</summary>
internal abstract class TopicTarget : OpTarget
{
    /// <summary>The message in a binary frame.</summary>
    /// <exception cref="RosCodecException">It cannot be read.</exception>
    public abstract object? Decode(in CborOp op, RosDialect dialect);
}
