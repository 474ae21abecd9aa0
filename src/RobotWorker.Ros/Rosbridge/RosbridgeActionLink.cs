using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>The way to an action's server: by the action ops of ROS 2, or by actionlib's topics, once it is known which the server wants.</summary>
internal sealed class RosbridgeActionLink<TGoal, TResult, TFeedback> : IActionLink<TGoal>, ISpoken
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly RosbridgeConnection connection;
    private readonly RosbridgeLink link;
    private readonly RosapiWatch watch;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string action;
    private IOpenGoals<TGoal>? goals;

    public RosbridgeActionLink(
        RosbridgeConnection connection, RosbridgeLink link, RosapiWatch watch, ActionType<TGoal, TResult, TFeedback> type, string action)
    {
        this.connection = connection;
        this.link = link;
        this.watch = watch;
        this.type = type;
        this.action = action;
        Client = new(action, link.Time, this);
        Client.WhenReleased(Leave);
        if (link.Dialect is not null) Choose();
        link.Add(this);
    }

    public ActionClient<TGoal, TResult, TFeedback> Client { get; }

    public bool ServerIsThere => link.State == Graph.LinkState.Up && goals?.ServerIsThere == true;

    public void Later(Action work) => link.Later(work);

    public void SendGoal(Guid id, TGoal goal)
    {
        link.Guard("sending a goal to", action);
        if (goals is not null && link.State == Graph.LinkState.Up) goals.SendGoal(id, goal);
        else link.Later(() => Client.Happened(id, GoalEvent.ServerLost, "the link is down; the goal was not sent"));
    }

    public void TakeUpGoal(Guid id)
    {
        if (goals is not null && link.State == Graph.LinkState.Up) goals.TakeUpGoal(id);
        else link.Later(() => Client.Happened(id, GoalEvent.ServerLost, "the link is down; the goal may be running"));
    }

    public void CancelGoal(Guid id)
    {
        link.Guard("cancelling a goal of", action);
        if (link.State == Graph.LinkState.Up) goals?.CancelGoal(id);
    }

    public void Say() => Choose();

    public void Lost(string why) => goals?.LinkLost(why);

    private void Choose() => goals ??= link.Dialect == RosDialect.Ros1
        ? new ActionlibGoals<TGoal, TResult, TFeedback>(connection, link.Later, type, action, Client)
        : new OpGoals<TGoal, TResult, TFeedback>(connection, link, watch, type, action, Client);

    private void Leave()
    {
        link.Remove(this);
        goals?.Dispose();
    }
}
