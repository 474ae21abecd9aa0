using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>An action that we offer through the server: by the action ops of ROS 2, or by actionlib's topics, once it is known which it wants.</summary>
internal sealed class RosbridgeActionOffer<TGoal, TResult, TFeedback> : Resource, ISpoken
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly RosbridgeConnection connection;
    private readonly RosbridgeLink link;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string action;
    private readonly IActionServerHandler<TGoal, TResult, TFeedback> handler;
    private IDisposable? server;

    public RosbridgeActionOffer(
        RosbridgeConnection connection, RosbridgeLink link, ActionType<TGoal, TResult, TFeedback> type, string action,
        IActionServerHandler<TGoal, TResult, TFeedback> handler)
    {
        if (!link.OfferedActions.Add(action)) throw new RosGraphException($"action {action} is already offered by node '{link.Node}'");
        this.connection = connection;
        this.link = link;
        this.type = type;
        this.action = action;
        this.handler = handler;
        if (link.Dialect is not null) Choose();
        link.Add(this);
    }

    public void Say() => Choose();

    public void Lost(string why)
    {
    }

    protected override void Release()
    {
        link.OfferedActions.Remove(action);
        link.Remove(this);
        server?.Dispose();
    }

    private void Choose() => server ??= link.Dialect == RosDialect.Ros1
        ? new ActionlibServer<TGoal, TResult, TFeedback>(connection, link.Later, type, action, handler)
        : new OpActionServer<TGoal, TResult, TFeedback>(link, type, action, handler);
}
