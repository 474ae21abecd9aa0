using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Actions;

/// <summary>
/// The goals that one client sent, and the actions that it offers. The protocol has no word for a goal's acceptance, and no place for its id: the client's own
/// id stands for it. On ROS 1 actions are topics, and these operations do not exist.
/// </summary>
internal sealed class ClientActions(ClientSession session) : IDisposable
{
    private readonly Dictionary<string, GoalSender> senders = new(StringComparer.Ordinal);
    private readonly Dictionary<OpId, OpenGoal> goals = [];
    private readonly Dictionary<string, OfferedAction> offered = new(StringComparer.Ordinal);
    private int sent;

    public void Send(SendActionGoal op)
    {
        try
        {
            var sender = SenderOf(op);
            session.CheckRoom(goals.Count, "open goals");
            if (op.Id.Text is not null && goals.TryGetValue(op.Id, out var open))
            {
                if (open.Sent.IsAgain(op)) return;    // the wire doubled it: the goal is carried out already, and its end will be told
                throw new RefusedException($"the goal id '{op.Id.Text}' is in use");
            }
            var key = op.Id.Text is null ? new($"without an id {sent}", false) : op.Id;
            var goal = sender.Send(op, NewGoalId(), () => goals.Remove(key));
            goals.Add(key, goal);
        }
        catch (Exception refused) when (refused is RefusedException or RosCodecException)
        {
            // Here the protocol has an answer: the goal failed to execute.
            session.Send(Frames.ActionFailure(op.Id, op.Action, refused.Message), op.FragmentSize);
        }
    }

    public void Cancel(CancelActionGoal op)
    {
        CheckDialect();
        if (!goals.TryGetValue(op.Id, out var goal) || goal.Sent.Action != op.Action)
            throw new RefusedException($"this client has no open goal '{op.Id.Text}' of {op.Action}: it has ended, or was never sent");
        goal.Cancel();
    }

    public void Advertise(AdvertiseAction op)
    {
        CheckDialect();
        session.CheckRoom(offered.Count, "actions");
        var type = session.Server.Types.Action(op.Type);
        if (offered.Remove(op.Action, out var earlier)) earlier.Dispose();
        offered.Add(op.Action, type.Accept(new Offerer(session, op.Action)));
    }

    public void Unadvertise(UnadvertiseAction op)
    {
        OfferedBy(op.Action).Dispose();
        offered.Remove(op.Action);
    }

    public void Feedback(ActionFeedback op) => OfferedBy(op.Action).Feedback(op);

    public void Result(ActionResult op) => OfferedBy(op.Action).Result(op);

    /// <summary>Nobody listens to its goals any more; they go on.</summary>
    public void Dispose()
    {
        foreach (var goal in goals.Values) goal.Forget();
        goals.Clear();
    }

    private GoalSender SenderOf(SendActionGoal op)
    {
        CheckDialect();
        var known = session.Server.Graph.FindAction(ClientSession.OnGraph(op.Action));
        if (known?.ServerNode is null)
        {
            var there = session.Server.Graph.Look().Actions.Where(action => action.Node is not null).Select(action => action.Name);
            throw new RefusedException(NameHelp.Of("nobody offers the action", op.Action, there));
        }

        if (op.Type is { Length: > 0 } name && session.Server.Types.Action(name).Name is var asked && asked != known.Type)
            throw new RefusedException($"{op.Action} is a {known.Type}, not a {asked}");
        if (senders.TryGetValue(op.Action, out var sender)) return sender;
        sender = known.Description.Accept(new Sender(session, op.Action));
        senders.Add(op.Action, sender);
        return sender;
    }

    private OfferedAction OfferedBy(string action)
    {
        CheckDialect();
        return offered.GetValueOrDefault(action) ?? throw new RefusedException(NameHelp.Of("this client does not offer the action", action, offered.Keys));
    }

    private void CheckDialect()
    {
        if (session.Dialect == RosDialect.Ros1)
            throw new RefusedException("on ROS 1 an action is its topics goal, cancel, status, feedback and result; publish and subscribe those");
    }

    /// <summary>Never used before on this graph: the how-many-eth goal of the how-many-eth client.</summary>
    private Guid NewGoalId()
    {
        Span<byte> bytes = stackalloc byte[16];
        "rosbridge"u8[..8].CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes[8..], session.Number);
        BitConverter.TryWriteBytes(bytes[12..], ++sent);
        return new(bytes, bigEndian: true);
    }

    private sealed class Sender(ClientSession session, string action) : IActionTypeVisitor<GoalSender>
    {
        public GoalSender Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            new GoalSender<TGoal, TResult, TFeedback>(session, type, session.Ros.ActionClient(type, ClientSession.OnGraph(action)));
    }

    private sealed class Offerer(ClientSession session, string action) : IActionTypeVisitor<OfferedAction>
    {
        public OfferedAction Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            new OfferedAction<TGoal, TResult, TFeedback>(session, type, action);
    }
}
