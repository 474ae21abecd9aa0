using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.BuiltinInterfaces;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// The time of a ROS 1 graph, for stamps: what <c>/clock</c> says last while the parameter <c>/use_sim_time</c> is true, else the machine's own.
/// Deadlines and watchdogs never use it: a simulated clock that stands must not freeze them.
/// </summary>
public sealed class Ros1Clock
{
    private readonly Ros1Node node;
    private IDisposable? subscription;
    private Time latest = Time.Default;

    internal Ros1Clock(Ros1Node node)
    {
        this.node = node;
        node.Parameters.Subscribe("/use_sim_time", Follow);
    }

    /// <summary>Whether <c>/clock</c> is followed.</summary>
    public bool IsSimulated => subscription is not null;

    /// <summary>The time now; zero while <c>/clock</c> is followed and has said nothing yet.</summary>
    public Time Now => IsSimulated ? latest : Time.From(node.Loop.Time.GetUtcNow() - DateTimeOffset.UnixEpoch);

    private void Follow(XmlRpcValue? value)
    {
        if (value is XmlRpcBool(true))
        {
            subscription ??= node.Subscribe<Clock>("/clock", message => latest = message.Value);
            return;
        }

        subscription?.Dispose();
        subscription = null;
        latest = Time.Default;
    }
}
