using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server;

/// <summary>
/// Types by the names that clients give them, and the names that clients get. On ROS 2 both spellings are understood (<c>std_msgs/msg/String</c> is told); on
/// ROS 1 there is <c>std_msgs/String</c> alone.
/// </summary>
internal sealed class TypeNames(InProcessGraph graph, RosDialect dialect)
{
    /// <summary>How a type is called in the clients' dialect.</summary>
    public string Told(string name) => dialect == RosDialect.Ros1 ? Ros1Definition.NameOf(name) : name;

    /// <exception cref="RefusedException">There is no such type.</exception>
    public MessageType Message(string name)
    {
        CheckSpelling(name);
        var full = RosTypes.Full(name, "msg");
        return RosTypes.Message(full)
            ?? graph.Look().Topics.Select(topic => topic.Type).FirstOrDefault(type => type.Name == full || Told(type.Name) == name)
            ?? (dialect == RosDialect.Ros1 ? OfAction(name) : null)
            ?? throw Unknown("message", name, RosTypes.Messages.Select(type => type.Name));
    }

    /// <exception cref="RefusedException">There is no such type.</exception>
    public ServiceType Service(string name)
    {
        CheckSpelling(name);
        var full = RosTypes.Full(name, "srv");
        return RosTypes.Service(full)
            ?? graph.Look().Services.Select(service => service.Type).FirstOrDefault(type => type.Name == full)
            ?? throw Unknown("service", name, RosTypes.Services.Select(type => type.Name));
    }

    /// <exception cref="RefusedException">There is no such type.</exception>
    public ActionType Action(string name)
    {
        CheckSpelling(name);
        var full = RosTypes.Full(name, "action");
        return RosTypes.Action(full)
            ?? graph.Look().Actions.Select(action => action.Type).FirstOrDefault(type => type.Name == full)
            ?? throw Unknown("action", name, RosTypes.Actions.Select(type => type.Name));
    }

    /// <summary>What ROS 1 derives from an action: <c>control_msgs/GripperCommandActionGoal</c>.</summary>
    private static MessageType? OfAction(string name)
    {
        foreach (var part in new[] { "ActionGoal", "ActionResult", "ActionFeedback" })
            if (name.EndsWith(part, StringComparison.Ordinal) && RosTypes.Action(name[..^part.Length]) is { } action) return action.Accept(new Derived(part));
        return null;
    }

    private void CheckSpelling(string name)
    {
        if (dialect == RosDialect.Ros1 && RosTypes.Short(name) is var shorter && shorter != name)
            throw new RefusedException($"ROS 1 has no type '{name}'; did you mean '{shorter}'?");
    }

    private static RefusedException Unknown(string what, string name, IEnumerable<string> known) =>
        new(NameHelp.Of($"no such {what} type", name, name.Split('/').Length == 3 ? known : known.Select(RosTypes.Short)));

    private sealed class Derived(string part) : IActionTypeVisitor<MessageType>
    {
        public MessageType Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            part switch
            {
                "ActionGoal" => Ros1ActionGoal.TypeOf(type.Goal),
                "ActionResult" => Ros1ActionResult.TypeOf(type.Result),
                _ => Ros1ActionFeedback.TypeOf(type.Feedback),
            };
    }
}

/// <summary>Something that a client wants and cannot have; it is told the message.</summary>
internal sealed class RefusedException(string message) : Exception(message);
