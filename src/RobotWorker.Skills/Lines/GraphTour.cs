using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// Looks around on the graph behind a connection: what topics, services and actions there are, and of which types. A type that is not compiled in is made
/// from its definition, which rosapi tells, or a publisher's connection header.
/// </summary>
public abstract class GraphTour(IRosConnection ros)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one question may take.</summary>
    protected static TimeSpan Deadline => Patience;

    protected IRosConnection Ros => ros;

    /// <summary>The tour of a connection that is up.</summary>
    public static GraphTour Of(IRosConnection ros) => ros switch
    {
        RobotWorker.Ros.Rosbridge.RosbridgeConnection bridge => new RosbridgeTour(bridge),
        RobotWorker.Ros.Ros1.Ros1Node node => new Ros1Tour(node),
        _ => throw new NotSupportedException($"there is no way to look around over {ros.GetType().Name}"),
    };

    /// <summary>Every topic but those of rosapi itself, ordered by name.</summary>
    public async Task<ImmutableArray<TopicInfo>> TopicsAsync(CancellationToken cancel)
    {
        // The wire asks for them soon after it is up.
        var began = ros.Time.GetTimestamp();
        while (ros.Topics.Count == 0 && ros.Time.GetElapsedTime(began) < Patience) await Task.Delay(Between, ros.Time, cancel);
        return [.. ros.Topics];
    }

    /// <summary>The names of every service, ordered.</summary>
    public abstract Task<ImmutableArray<string>> ServicesAsync(CancellationToken cancel);

    /// <summary>The type of a topic's messages.</summary>
    /// <exception cref="GraphTourException">The topic is not there, or its type cannot be found out.</exception>
    public async Task<MessageType> TypeOfTopicAsync(string topic, CancellationToken cancel)
    {
        var topics = await TopicsAsync(cancel);
        var found = topics.FirstOrDefault(t => t.Name == topic)
            ?? throw new GraphTourException($"there is no topic {topic}; {Nearest.Help(topic, [.. topics.Select(t => t.Name)])}");
        return RosTypes.Message(found.RosType) ?? await UnknownTypeAsync(topic, found.RosType, cancel);
    }

    /// <summary>The type of a service.</summary>
    /// <param name="given">Its name, where the caller knows it.</param>
    /// <exception cref="GraphTourException">The service is not there, or its type cannot be found out.</exception>
    public abstract Task<ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel);

    /// <summary>The type of an action, by the type of its topics; it must be compiled in.</summary>
    /// <param name="given">Its name, where the caller knows it.</param>
    /// <exception cref="GraphTourException">The action is not there, or its type is not compiled in.</exception>
    public async Task<ActionType> TypeOfActionAsync(string action, string? given, CancellationToken cancel)
    {
        var name = given ?? NameOfAction(await TopicsAsync(cancel), action)
            ?? throw new GraphTourException($"there is no action {action}: no topic of it is shown; if it is there all the same, give --type");
        return RosTypes.Action(name) ?? throw new GraphTourException($"the action {action} is of type {name}, which is not compiled in; {Nearest.Help(name, [.. RosTypes.Actions.Select(t => t.Name)])}");
    }

    /// <summary>The actions that topics tell of, with their types: by name.</summary>
    public static ImmutableSortedDictionary<string, string> Actions(IEnumerable<TopicInfo> topics)
    {
        var list = topics.ToList();
        return list.Select(t => ActionOf(t.Name)).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(action => (action, Type: NameOfAction(list, action))).Where(a => a.Type is not null)
            .ToImmutableSortedDictionary(a => a.action, a => a.Type!, StringComparer.Ordinal);
    }

    /// <summary>The type of a topic that is not compiled in.</summary>
    protected abstract Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel);

    private static string? ActionOf(string topic) =>
        topic.EndsWith("/_action/feedback", StringComparison.Ordinal) ? topic[..^"/_action/feedback".Length]
        : topic.EndsWith("/goal", StringComparison.Ordinal) && !topic.Contains("/_action/", StringComparison.Ordinal) ? topic[..^"/goal".Length]
        : null;

    /// <summary>ROS 2: <c>nav2_msgs/action/NavigateToPose_FeedbackMessage</c>; ROS 1: <c>move_base_msgs/MoveBaseActionGoal</c>.</summary>
    private static string? NameOfAction(IEnumerable<TopicInfo> topics, string action)
    {
        foreach (var topic in topics)
        {
            if (topic.Name == action + "/_action/feedback" && topic.RosType.EndsWith("_FeedbackMessage", StringComparison.Ordinal))
                return RosTypes.Full(RosTypes.Short(topic.RosType[..^"_FeedbackMessage".Length]), "action");
            if (topic.Name == action + "/goal" && topic.RosType.EndsWith("ActionGoal", StringComparison.Ordinal))
                return RosTypes.Full(RosTypes.Short(topic.RosType[..^"ActionGoal".Length]), "action");
        }
        return null;
    }
}
