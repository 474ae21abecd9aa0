using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// Puts one node of an in-process graph on a ROS 1 graph: what it publishes, serves and offers as actions is offered there, what it subscribes is heard
/// there. The node itself stays where it was, so that whoever records it in process, or reaches it by another wire, goes on doing so.
/// </summary>
public sealed class Ros1Gateway : IDisposable
{
    // Nothing tells what comes and goes on the graph; what a robot offers, it offers at its start.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, IDisposable> carried = new(StringComparer.Ordinal);
    private readonly InProcessGraph graph;
    private readonly Ros1Node outside;
    private readonly IRosConnection inside;
    private readonly string node;
    private readonly ITimer timer;
    private bool isClosed;

    /// <param name="graph">The graph in process.</param>
    /// <param name="node">The node on it, <c>robot</c>.</param>
    /// <param name="outside">The node on the ROS 1 graph that stands for it; it stays the caller's.</param>
    public Ros1Gateway(InProcessGraph graph, string node, Ros1Node outside)
    {
        this.graph = graph;
        this.node = node;
        this.outside = outside;
        inside = graph.ConnectBridge("ros1");
        timer = outside.Time.CreateTimer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isClosed) return;
        isClosed = true;
        timer.Dispose();
        foreach (var one in carried.Values) one.Dispose();
        inside.Dispose();
    }

    private void Look()
    {
        var there = graph.Look();
        // The topics of ROS 2's actions stay inside: actionlib has its own.
        foreach (var topic in there.Topics.Where(topic => !topic.Name.Contains("/_", StringComparison.Ordinal)))
        {
            if (topic.Publishers.Contains(node)) Carry("out " + topic.Name, () => topic.Type.Accept(new Outward(inside, outside, topic)));
            if (topic.Subscribers.Contains(node)) Carry("in " + topic.Name, () => topic.Type.Accept(new Inward(inside, outside, topic)));
        }

        foreach (var service in there.Services.Where(service => service.Node == node && !service.Name.Contains("/_", StringComparison.Ordinal)))
            Carry("service " + service.Name, () => service.Type.Accept(new Served(inside, outside, service.Name)));
        foreach (var action in there.Actions.Where(action => action.Node == node))
            Carry("action " + action.Name, () => action.Type.Accept(new Offered(inside, outside, action.Name)));
    }

    private void Carry(string what, Func<IDisposable> carry)
    {
        if (!carried.ContainsKey(what)) carried.Add(what, carry());
    }

    private sealed class Outward(IRosConnection inside, Ros1Node outside, TopicView topic) : IMessageTypeVisitor<IDisposable>
    {
        public IDisposable Visit<T>(MessageType<T> type) where T : IRosMessage
        {
            var publisher = outside.Advertise(type, topic.Name, topic.Qos);
            return new Both(inside.Subscribe(type, topic.Name, publisher.Publish), publisher);
        }
    }

    private sealed class Inward(IRosConnection inside, Ros1Node outside, TopicView topic) : IMessageTypeVisitor<IDisposable>
    {
        public IDisposable Visit<T>(MessageType<T> type) where T : IRosMessage
        {
            var publisher = inside.Advertise(type, topic.Name);
            return new Both(outside.SubscribeOthers(type, topic.Name, publisher.Publish), publisher);
        }
    }

    private sealed class Served(IRosConnection inside, Ros1Node outside, string name) : IServiceTypeVisitor<IDisposable>
    {
        // The caller's own deadline is the one that counts, and ROS 1 does not tell it.
        private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

        public IDisposable Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type) where TRequest : IRosMessage where TResponse : IRosMessage =>
            outside.AdvertiseService(type, name, (request, cancel) => inside.CallServiceAsync(type, name, request, Patience, cancel));
    }

    private sealed class Offered(IRosConnection inside, Ros1Node outside, string name) : IActionTypeVisitor<IDisposable>
    {
        public IDisposable Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage
        {
            var client = inside.ActionClient(type, name);
            return new Both(outside.AdvertiseAction(type, name, new GoalForwarder<TGoal, TResult, TFeedback>(client, type.Result)), client);
        }
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
