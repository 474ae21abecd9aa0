using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Messages.UniqueIdentifierMsgs;

namespace RobotWorker.Ros.Graph;

/// <summary>An action of the in-process graph, whatever its type.</summary>
internal abstract class InProcessAction(ActionType description, string name)
{
    public ActionType Description { get; } = description;

    public string Type => Description.Name;

    public string Name { get; } = name;

    /// <summary>The node that offers it now, or null.</summary>
    public abstract string? ServerNode { get; }
}

/// <summary>
/// An action of the in-process graph: carries goals to its server and answers to the client that sent them. All of it is published on the
/// action's topics as well, so that recorders and watchers see it: goal and result (ours), feedback and status (as ROS 2 has them).
/// </summary>
internal sealed class InProcessAction<TGoal, TResult, TFeedback> : InProcessAction, IActionServerLink<TResult, TFeedback>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly InProcessGraph graph;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string name;
    private readonly Topic<SendGoalRequest<TGoal>>.Publisher goals;
    private readonly Topic<FeedbackMessage<TFeedback>>.Publisher feedbacks;
    private readonly Topic<GoalResult<TResult>>.Publisher results;
    private readonly Topic<GoalStatusArray>.Publisher statuses;
    private readonly List<OpenGoal> open = [];
    private ActionServer<TGoal, TResult, TFeedback>? server;
    private string serverNode = "";

    public InProcessAction(InProcessGraph graph, ActionType<TGoal, TResult, TFeedback> type, string name) : base(type, name)
    {
        this.graph = graph;
        this.type = type;
        this.name = name;
        goals = graph.Topic(SendGoalRequest.TypeOf(type.Goal), name + "/_action/goal", name).Advertise(Qos.Default, name);
        feedbacks = graph.Topic(FeedbackMessage.TypeOf(type.Feedback), name + "/_action/feedback", name).Advertise(Qos.Default, name);
        results = graph.Topic(GoalResult.TypeOf(type.Result), name + "/_action/result", name).Advertise(Qos.Default, name);
        statuses = graph.Topic(MessageType.Of<GoalStatusArray>(), name + "/_action/status", name).Advertise(Qos.Latched, name);
    }

    public override string? ServerNode => server is null ? null : serverNode;

    public TimeProvider Time => graph.Time;

    public ActionClient<TGoal, TResult, TFeedback> Client()
    {
        var link = new ClientLink(this);
        var client = new ActionClient<TGoal, TResult, TFeedback>(name, Time, link);
        link.Client = client;
        return client;
    }

    public Resource Serve(IActionServerHandler<TGoal, TResult, TFeedback> handler, string node)
    {
        graph.Guard("offering action", name);
        if (server is not null) throw new RosGraphException($"action {name} is already offered by node '{serverNode}'");
        var mine = new ActionServer<TGoal, TResult, TFeedback>(name, type.Result, handler, this);
        var cancel = new Service<CancelGoal.Request, CancelGoal.Response>(
            graph, CancelGoal.Type, name + "/_action/cancel_goal", node, (wish, _) => Task.FromResult(mine.ReceiveCancel(wish.GoalInfo)));
        graph.AddService(cancel);
        (server, serverNode) = (mine, node);
        graph.TellActionsChanged();
        return new Undo(() =>
        {
            server = null;
            cancel.Dispose();
            graph.TellActionsChanged();
            graph.Later(() => Leave(mine));
        });
    }

    public void Later(Action work) => graph.Later(work);

    public void Reply(Guid id, GoalEvent happened)
    {
        var client = ClientOf(id);
        if (happened == GoalEvent.Rejected) open.RemoveAll(goal => goal.Id == id);
        if (client is not null) graph.Later(() => client.Happened(id, happened));
    }

    public void ReplyFeedback(Guid id, TFeedback feedback)
    {
        feedbacks.Publish(new(UUID.From(id), feedback));
        if (ClientOf(id) is not { } client) return;
        var carried = graph.Carried(type.Feedback, feedback);
        graph.Later(() => client.Feedback(id, carried));
    }

    public void ReplyEnd(Guid id, GoalEvent end, TResult result, string text)
    {
        var status = end switch
        {
            GoalEvent.Succeeded => GoalStatus.STATUS_SUCCEEDED,
            GoalEvent.Canceled => GoalStatus.STATUS_CANCELED,
            _ => GoalStatus.STATUS_ABORTED,
        };
        results.Publish(new(UUID.From(id), status, result));
        if (ClientOf(id) is not { } client) return;
        var carried = graph.Carried(type.Result, result);
        open.RemoveAll(goal => goal.Id == id);
        graph.Later(() => client.Ended(id, end, carried, text));
    }

    public void PublishStatus(GoalStatusArray status) => statuses.Publish(status);

    private ActionClient<TGoal, TResult, TFeedback>? ClientOf(Guid id) => open.Find(goal => goal.Id == id)?.Client;

    private void Leave(ActionServer<TGoal, TResult, TFeedback> gone)
    {
        gone.Leave();
        var orphans = open.Where(goal => goal.Server == gone).ToList();
        open.RemoveAll(orphans.Contains);
        foreach (var goal in orphans) goal.Client.Happened(goal.Id, GoalEvent.ServerLost);
        // What a process told last goes with it: who listens from now on hears of no goal that runs.
        if (server is null) statuses.Publish(new() { StatusList = [] });
    }

    private sealed record OpenGoal(Guid Id, ActionClient<TGoal, TResult, TFeedback> Client, ActionServer<TGoal, TResult, TFeedback> Server);

    private sealed class ClientLink(InProcessAction<TGoal, TResult, TFeedback> action) : IActionLink<TGoal>
    {
        public ActionClient<TGoal, TResult, TFeedback>? Client { get; set; }

        public bool ServerIsThere => action.server is not null;

        public void Later(Action work) => action.graph.Later(work);

        public void SendGoal(Guid id, TGoal goal)
        {
            action.graph.Guard("sending a goal to", action.name);
            action.goals.Publish(new(UUID.From(id), goal));
            var carried = action.graph.Carried(action.type.Goal, goal);
            action.graph.Later(() =>
            {
                if (action.server is not { } server) return;    // nobody is there, and nobody answers
                if (server.HasSeen(id))    // an id belongs to its first goal, whoever sent it
                {
                    action.graph.Later(() => Client!.Happened(id, GoalEvent.Rejected));
                    return;
                }

                action.open.Add(new(id, Client!, server));
                server.ReceiveGoal(id, carried);
            });
        }

        public void TakeUpGoal(Guid id)
        {
            action.graph.Guard("taking up a goal of", action.name);
            action.graph.Later(() =>
            {
                var at = action.open.FindIndex(goal => goal.Id == id);
                if (at < 0)
                {
                    Client!.Happened(id, GoalEvent.ServerLost, $"the server of {action.name} does not know the goal any more");
                    return;
                }

                action.open[at] = action.open[at] with { Client = Client! };
                Client!.Happened(id, GoalEvent.Accepted);
            });
        }

        public void CancelGoal(Guid id)
        {
            action.graph.Guard("cancelling a goal of", action.name);
            action.graph.Later(() =>
            {
                if (action.server is not { } server) return;
                var answer = server.ReceiveCancel(id);
                var client = Client!;
                action.graph.Later(() => client.Happened(id, answer));
            });
        }
    }
}
