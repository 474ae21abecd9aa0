using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Rosbridge.Server.Actions;

/// <summary>Offers every action of the graph by actionlib's five topics as well: what an action is to clients of ROS 1.</summary>
internal sealed class Ros1Actions : IDisposable
{
    private readonly InProcessGraph graph;
    private readonly IRosConnection ros;
    private readonly SortedDictionary<string, (string Type, IDisposable Offer)> offered = new(StringComparer.Ordinal);

    public Ros1Actions(InProcessGraph graph)
    {
        this.graph = graph;
        ros = graph.Connect("actionlib");
        graph.ActionsChanged += Follow;
        Follow();
    }

    public void Dispose()
    {
        graph.ActionsChanged -= Follow;
        foreach (var (_, offer) in offered.Values) offer.Dispose();
        ros.Dispose();
    }

    private void Follow()
    {
        var there = graph.Look().Actions.Where(action => action.Node is not null).ToDictionary(action => action.Name, action => action.Type, StringComparer.Ordinal);
        foreach (var (name, (type, offer)) in offered.ToList())
        {
            if (there.TryGetValue(name, out var still) && still.Name == type) continue;
            offer.Dispose();
            offered.Remove(name);
        }

        foreach (var (name, type) in there)
            if (!offered.ContainsKey(name)) offered.Add(name, (type.Name, type.Accept(new Offerer(graph, ros, name))));
    }

    private sealed class Offerer(InProcessGraph graph, IRosConnection ros, string action) : IActionTypeVisitor<IDisposable>
    {
        public IDisposable Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            new ActionlibServer<TGoal, TResult, TFeedback>(
                ros, graph.Later, type, action, new GoalForwarder<TGoal, TResult, TFeedback>(ros.ActionClient(type, action), type.Result));
    }
}
