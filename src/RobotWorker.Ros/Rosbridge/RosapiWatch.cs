using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using static RobotWorker.Ros.Rosbridge.RosbridgeProblemCode;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>
/// Asks the server's rosapi now and then what topics and action servers there are, and compares that with what we said: a server drops a wrong type,
/// an unknown op or a conflict without a word, so that only asking shows it.
/// </summary>
internal sealed class RosapiWatch : ISpoken, IDisposable
{
    private readonly RosbridgeLink link;
    private readonly IReadOnlyDictionary<string, RosbridgeTopic> own;
    private readonly ITimer timer;
    private IReadOnlyDictionary<string, string>? shown;
    private IReadOnlyList<string>? actions;
    private bool asking;
    private bool again;

    public RosapiWatch(RosbridgeLink link, IReadOnlyDictionary<string, RosbridgeTopic> own)
    {
        this.link = link;
        this.own = own;
        timer = link.Time.CreateTimer(_ => Ask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        link.Add(this);
    }

    public IReadOnlyList<TopicInfo> Topics
    {
        get
        {
            var all = new SortedDictionary<string, TopicInfo>(StringComparer.Ordinal);
            foreach (var (name, type) in shown ?? new Dictionary<string, string>())
                all[name] = new(name, RosTypes.Full(type, "msg"), RosTypes.Message(type)?.Definition ?? "", null);
            foreach (var topic in own.Values.Where(topic => topic.IsUsed)) all[topic.Name] = topic.Info;
            return [.. all.Values];
        }
    }

    /// <summary>Whether rosapi shows a server of the action; null when it cannot say.</summary>
    public bool? ShowsAction(string action) =>
        actions is null ? null : actions.Contains(action) || shown?.ContainsKey(action + "/_action/feedback") == true;

    /// <summary>Something was advertised or subscribed: the server is asked soon whether it took it.</summary>
    public void Changed()
    {
        if (link.State == LinkState.Up) timer.Change(link.Options.CheckAfter, link.Options.TopicsPeriod);
    }

    public void Say() => timer.Change(link.Options.CheckAfter, link.Options.TopicsPeriod);

    public void Lost(string why)
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        (shown, actions) = (null, null);
    }

    public void Dispose()
    {
        link.Remove(this);
        timer.Dispose();
    }

    private void Ask()
    {
        again = asking;
        if (!asking && link.State == LinkState.Up) _ = AskAsync();
    }

    private async Task AskAsync()
    {
        asking = true;
        do
        {
            again = false;
            var used = own.Values.Where(topic => topic.IsUsed).ToList();    // what comes later is checked later
            var servers = RawCall.AskAsync(link, "/rosapi/action_servers");
            var topics = RosapiTopics.Read(await RawCall.AskAsync(link, "/rosapi/topics"));
            var answer = await servers;
            if (link.State != LinkState.Up) break;
            actions = answer is { } values ? RosapiTopics.Texts(values, "action_servers") : null;
            shown = topics;
            Compare(used);
        }
        while (again);
        asking = false;
    }

    private void Compare(List<RosbridgeTopic> used)
    {
        if (shown is null)
        {
            link.Report(new(NoRosapi, "/rosapi/topics", "no answer", "start rosapi_node: without it nobody can see what the server drops silently"));
            return;
        }

        foreach (var topic in used.Where(topic => topic.IsUsed))
        {
            if (!shown.TryGetValue(topic.Name, out var type))
                link.Report(new(TopicMissing, topic.Name, "the server does not show it", $"it may not know {topic.Type.Name}; nothing arrives there until it does"));
            else if (Ros1Definition.NameOf(type) != Ros1Definition.NameOf(topic.Type.Name))    // both spellings of one type
                link.Report(new(TypeDiffers, topic.Name, $"it carries {type} there", $"{topic.Type.Name} is used here; nothing arrives until both are the same"));
            else
                Forgive(topic.Name);
        }
    }

    private void Forgive(string topic)
    {
        link.Forget(TopicMissing, topic);
        link.Forget(TypeDiffers, topic);
    }
}
