using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>A node on the in-process graph: what it holds ends with it.</summary>
/// <param name="ignoresLocal">Its subscriptions do not hear what this node publishes, as <c>ignore_local_publications</c> in ROS 2.</param>
internal sealed class InProcessConnection(InProcessGraph graph, string node, bool ignoresLocal) : IRosConnection
{
    private readonly LinkedList<Resource> held = [];
    private bool disposed;

    public event Action<LinkState>? LinkChanged;

    public string Node => node;

    public LinkState Link => disposed ? LinkState.Closed : LinkState.Up;

    public TimeProvider Time => graph.Time;

    public IReadOnlyList<TopicInfo> Topics => graph.Topics;

    public IPublisher<T> Advertise<T>(MessageType<T> type, string topic, Qos? qos = null) where T : IRosMessage
    {
        Enter("advertise", topic);
        return Hold(graph.Topic(type, topic, node).Advertise(qos ?? Qos.Default, node));
    }

    public IDisposable Subscribe<T>(MessageType<T> type, string topic, Action<T> handler, Qos? qos = null) where T : IRosMessage
    {
        Enter("subscribe", topic);
        ArgumentNullException.ThrowIfNull(handler);
        return Hold(graph.Topic(type, topic, node).Subscribe(handler, qos, node, ignoresLocal));
    }

    public IDisposable AdvertiseService<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("offering service", service);
        ArgumentNullException.ThrowIfNull(handler);
        var offered = new Service<TRequest, TResponse>(graph, type, service, node, handler);
        graph.AddService(offered);
        return Hold(offered);
    }

    public Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        Enter("call", service);
        RosNames.Check(service);
        if (cancel.IsCancellationRequested) return Task.FromCanceled<TResponse>(cancel);
        if (graph.FindService(service) is { } known && (known.Type != type.Name || known is not Service<TRequest, TResponse>))
            throw new RosGraphException($"service {service} is a {known.Type}; node '{node}' cannot call it as {type.Name}");
        var call = new ServiceCall<TRequest, TResponse>(graph, service, request, deadline, cancel);
        graph.Later(() =>
        {
            if (call.Response.IsCompleted) return;
            if (graph.FindService(service) is Service<TRequest, TResponse> server) server.Answer(call);
            else call.Fail(ServiceFailure.NoServer, $"nobody offers it as {type.Name}; nothing was sent");
        });
        return call.Response;
    }

    public IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type, string action)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("use action", action);
        return Hold(graph.Action(type, action, node).Client());
    }

    public IDisposable AdvertiseAction<TGoal, TResult, TFeedback>(
        ActionType<TGoal, TResult, TFeedback> type, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        Enter("offering action", action);
        ArgumentNullException.ThrowIfNull(handler);
        return Hold(graph.Action(type, action, node).Serve(handler, node));
    }

    public IDisposable Tap(IMessageTap tap)
    {
        Enter("tap", "");
        return Hold(graph.Tap(tap));
    }

    public void Dispose()
    {
        if (disposed) return;
        graph.Guard("disposing node", node);
        disposed = true;
        while (held.Last is { } latest) latest.Value.Dispose();
        LinkChanged?.Invoke(LinkState.Closed);
    }

    private void Enter(string what, string name)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        graph.Guard(what, name);
    }

    private T Hold<T>(T resource) where T : Resource
    {
        var place = held.AddLast(resource);
        resource.WhenReleased(() => held.Remove(place));
        return resource;
    }
}
