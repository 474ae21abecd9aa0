using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1;

/// <summary>The way to an action's server: actionlib's five topics, whose connections this node knows, in both directions.</summary>
internal sealed class Ros1ActionLink<TGoal, TResult, TFeedback> : IActionLink<TGoal>, IDisposable
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly ActionlibGoals<TGoal, TResult, TFeedback> goals;

    public Ros1ActionLink(Ros1Node node, ActionType<TGoal, TResult, TFeedback> type, string action)
    {
        Client = new(action, node.Time, this);
        // An answer that the server sends before we are connected to it is lost: the goal waits for that as well.
        goals = new(
            node, node.Loop.Later, type, action, Client, () => node.PublisherCount(action + "/result") > 0 && node.PublisherCount(action + "/feedback") > 0);
    }

    public ActionClient<TGoal, TResult, TFeedback> Client { get; }

    public bool ServerIsThere => goals.ServerIsThere;

    public void Later(Action work) => goals.Later(work);

    public void SendGoal(Guid id, TGoal goal) => goals.SendGoal(id, goal);

    public void TakeUpGoal(Guid id) => goals.TakeUpGoal(id);

    public void CancelGoal(Guid id) => goals.CancelGoal(id);

    public void Dispose() => goals.Dispose();
}
