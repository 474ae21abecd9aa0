using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// Looks around on the graph behind a connection: what topics, services and actions there are, and of which types. A type that is not compiled in is made
/// from its definition: what rosapi tells, or the header of a ROS 1 connection; where neither does, that of a file.
/// </summary>
public abstract class GraphTour(IRosConnection ros, DefinitionFiles files)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one question may take.</summary>
    protected static TimeSpan Deadline => Patience;

    protected IRosConnection Ros => ros;

    protected DefinitionFiles Files => files;

    protected RosDialect Dialect => RobotLine.DialectOf(ros);

    /// <summary>What a person can do about a type of which nobody tells how it is made.</summary>
    protected string GiveFiles =>
        $"{(files.IsEmpty ? "" : $"there is no file of it in {files}; ")}give the folder of its package's .msg, .srv or .action files (--definitions DIR, or 'definitions' in the robot's profile)";

    /// <summary>The tour of a connection that is up.</summary>
    /// <param name="files">Definitions of what the graph does not tell.</param>
    /// <exception cref="GraphTourException">It is no connection over a wire.</exception>
    public static GraphTour Of(IRosConnection ros, DefinitionFiles? files = null) => ros switch
    {
        RobotWorker.Ros.Rosbridge.RosbridgeConnection bridge => new RosbridgeTour(bridge, files ?? DefinitionFiles.None),
        RobotWorker.Ros.Ros1.Ros1Node node => new Ros1Tour(node, files ?? DefinitionFiles.None),
        _ => throw new GraphTourException("on a graph within the process there are only types that are compiled in"),
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
        var known = RosTypes.Message(found.RosType);
        if (known is not null && !TellsVersions) return known;
        return await GraphOrFilesAsync(() => UnknownTypeAsync(topic, found.RosType, cancel), () => known ?? files.Message(found.RosType, Dialect));
    }

    /// <summary>The type of a service.</summary>
    /// <param name="given">Its name, where the caller knows it.</param>
    /// <exception cref="GraphTourException">The service is not there, or its type cannot be found out.</exception>
    public abstract Task<ServiceType> TypeOfServiceAsync(string service, string? given, CancellationToken cancel);

    /// <summary>The type of an action, by the type of its topics.</summary>
    /// <param name="given">Its name, where the caller knows it.</param>
    /// <exception cref="GraphTourException">The action is not there, or its type cannot be found out.</exception>
    public async Task<ActionType> TypeOfActionAsync(string action, string? given, CancellationToken cancel)
    {
        const string Suffix = "Action";    // ROS 1 calls actions XAction
        if (Dialect == RosDialect.Ros1 && given is not null && given.EndsWith(Suffix, StringComparison.Ordinal)) given = given[..^Suffix.Length];
        if (given is not null && RosTypes.Action(given) is { } meant) return meant;
        var name = given;
        // What others offer is told soon after the wire is up, and what is new a little later.
        for (var began = ros.Time.GetTimestamp(); name is null && (name = NameOfAction(ros.Topics, action)) is null; await Task.Delay(Between, ros.Time, cancel))
            if (ros.Time.GetElapsedTime(began) >= Patience) throw new GraphTourException(NoAction(action, ros.Topics));
        return RosTypes.Action(name) ?? await GraphOrFilesAsync(() => UnknownActionAsync(action, name, cancel), () => files.Action(name, Dialect));
    }

    /// <summary>The actions that topics tell of, with their types: by name.</summary>
    public static ImmutableSortedDictionary<string, string> Actions(IEnumerable<TopicInfo> topics)
    {
        var list = topics.ToList();
        return list.Select(t => ActionOf(t.Name)).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(action => (action, Type: NameOfAction(list, action))).Where(a => a.Type is not null)
            .ToImmutableSortedDictionary(a => a.action, a => a.Type!, StringComparer.Ordinal);
    }

    /// <summary>The name of an action's type by its topics; null where none tells.</summary>
    internal static string? NameOfAction(IEnumerable<TopicInfo> topics, string action)
    {
        foreach (var topic in topics)
        {
            if (topic.Name == action + "/_action/feedback" && topic.RosType.EndsWith("_FeedbackMessage", StringComparison.Ordinal))
                return RosTypes.Full(RosTypes.Short(topic.RosType[..^"_FeedbackMessage".Length]), "action");
            // ROS 1: move_base_msgs/MoveBaseActionGoal, MoveBaseActionFeedback, MoveBaseActionResult
            foreach (var part in ActionlibParts)
                if (topic.Name == $"{action}/{part.Topic}" && topic.RosType.EndsWith(part.Ending, StringComparison.Ordinal))
                    return RosTypes.Full(RosTypes.Short(topic.RosType[..^part.Ending.Length]), "action");
        }
        return null;
    }

    /// <summary>Whether types of one name that differ (an older version) are told apart: then the one that is compiled in may be the wrong one.</summary>
    protected virtual bool TellsVersions => false;

    /// <summary>The type of a topic as the graph tells it.</summary>
    /// <exception cref="GraphTourException">It does not.</exception>
    protected abstract Task<MessageType> UnknownTypeAsync(string topic, string type, CancellationToken cancel);

    /// <summary>The type of an action that is not compiled in, as the graph tells it.</summary>
    /// <exception cref="GraphTourException">It does not.</exception>
    protected abstract Task<ActionType> UnknownActionAsync(string action, string type, CancellationToken cancel);

    /// <summary>What the graph tells, else what files do.</summary>
    /// <exception cref="GraphTourException">Neither does, or there is a file and it cannot be used.</exception>
    protected static async Task<T> GraphOrFilesAsync<T>(Func<Task<T>> graph, Func<T?> files) where T : class
    {
        try
        {
            return await graph();
        }
        catch (GraphTourException)
        {
            if (FromFiles(files) is { } found) return found;
            throw;
        }
    }

    /// <summary>A type from files.</summary>
    /// <exception cref="GraphTourException">There is a file, and it cannot be used.</exception>
    protected static T? FromFiles<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (RosCodecException e)
        {
            throw new GraphTourException(e.Problem);
        }
    }

    private static readonly (string Topic, string Ending)[] ActionlibParts =
        [("goal", "ActionGoal"), ("feedback", "ActionFeedback"), ("result", "ActionResult")];

    private static string NoAction(string action, IEnumerable<TopicInfo> topics) =>
        $"there is no action {action}: no topic of it is shown; {Nearest.Help(action, [.. Actions(topics).Keys])}; if it is there all the same, give its type";

    private static string? ActionOf(string topic) =>
        topic.EndsWith("/_action/feedback", StringComparison.Ordinal) ? topic[..^"/_action/feedback".Length]
        : topic.Contains("/_action/", StringComparison.Ordinal) ? null
        : ActionlibParts.Select(part => "/" + part.Topic).FirstOrDefault(ending => topic.EndsWith(ending, StringComparison.Ordinal)) is { } found ? topic[..^found.Length]
        : null;
}
