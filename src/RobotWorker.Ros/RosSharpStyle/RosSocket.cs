using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge;
using RobotWorker.Ros.RosSharpStyle.Wire;

namespace RobotWorker.Ros.RosSharpStyle;

/// <summary>
/// The verbs that users of RosSharp know, on a client that reconnects. It has a thread of its own, on which handlers run one after another; every verb may be
/// called from any thread, puts its work in line and returns at once. Connections that live on a loop of yours are <see cref="RosbridgeConnection"/>s.
/// </summary>
/// <example>
/// <code>
/// using var ros = new RosSocket("ws://192.168.1.7:9090");
/// var chatter = ros.Advertise&lt;String&gt;("/chatter");
/// ros.Subscribe&lt;JointState&gt;("/joint_states", state => Console.WriteLine(state.Name));
/// await ros.ConnectedAsync(TimeSpan.FromSeconds(5));
/// ros.Publish(chatter, new String { Data = "hello" });
/// </code>
/// </example>
public sealed class RosSocket : IDisposable
{
    // Published faster than the loop takes it, the oldest goes, as in the connection's own queue.
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Outlet> outlets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IDisposable> held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Action> cancels = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, Type), object> clients = [];    // the loop's
    private readonly OwnLoop loop;
    private RosbridgeConnection? connection;    // the loop's
    private volatile LinkState link = LinkState.Connecting;
    private long dropped;
    private long ids;
    private int closed;

    /// <summary>Begins to connect, and returns at once.</summary>
    /// <param name="url"><c>ws://host:9090</c>, or <c>wss://host</c>.</param>
    /// <param name="options">How it connects and bounds itself.</param>
    /// <exception cref="ArgumentException">The address or an option is wrong.</exception>
    public RosSocket(string url, RosbridgeOptions? options = null)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("ws" or "wss"))
            throw new ArgumentException($"'{url}' is no rosbridge address; ws://host:9090 would be one", nameof(url));
        (options ?? new()).Validate();
        loop = new("rosbridge " + uri.Authority, failure => HandlerFailed?.Invoke(failure));
        loop.Post(() =>
        {
            connection = RosbridgeConnection.Connect(uri, "ros_socket", loop.Ros, options);
            connection.ProblemFound += problem => ProblemFound?.Invoke(problem);
            connection.LinkChanged += Changed;
        });
    }

    /// <summary>Raised on the loop's thread when the server is there, and again after each loss.</summary>
    public event Action? Connected;

    /// <summary>Raised on the loop's thread when the server is lost; it is tried again.</summary>
    public event Action? Disconnected;

    /// <summary>Raised on the loop's thread for what goes wrong without anybody failing.</summary>
    public event Action<RosbridgeProblem>? ProblemFound;

    /// <summary>Raised on the loop's thread when a handler of yours throws; receiving goes on.</summary>
    public event Action<Exception>? HandlerFailed;

    /// <summary>Whether the server has answered within the deadline of its liveness check.</summary>
    public bool IsConnected => link == LinkState.Up;

    /// <summary>How many messages were published and dropped because newer ones came faster than they left.</summary>
    public long Dropped => Interlocked.Read(ref dropped) + (connection?.Counts.DroppedForRoom ?? 0);

    internal RosbridgeConnection? Connection => connection;

    internal bool IsRunning => loop.IsAlive;

    /// <summary>Ends when the server is there.</summary>
    /// <exception cref="TimeoutException">It is not there by the deadline; it is tried further.</exception>
    public async Task ConnectedAsync(TimeSpan deadline, CancellationToken cancel = default)
    {
        if (!await loop.RunAsync(async () => await UpAsync(deadline, cancel)))
            throw new TimeoutException($"the rosbridge server is not there within {deadline.TotalSeconds:0.###} s; it is tried further");
    }

    /// <summary>Offers a topic; the id is for <see cref="Publish"/> and <see cref="Unadvertise"/>.</summary>
    public string Advertise<T>(string topic, Qos? qos = null) where T : IRosMessage<T>
    {
        RosNames.Check(topic);
        var outlet = new Outlet<T>(this);
        if (!outlets.TryAdd(topic, outlet)) throw new ArgumentException($"{topic} is advertised already", nameof(topic));
        loop.Post(() => outlet.Open(connection!.Advertise<T>(topic, qos)));
        return topic;
    }

    /// <summary>Publishes a message; while there is no link it is dropped and counted.</summary>
    /// <param name="id">What <see cref="Advertise"/> returned.</param>
    /// <param name="message">A message of the advertised type.</param>
    /// <exception cref="ArgumentException">The id is not known, or the message has another type.</exception>
    public void Publish(string id, IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!outlets.TryGetValue(id, out var outlet)) throw new ArgumentException($"'{id}' is not advertised", nameof(id));
        outlet.Put(message);
    }

    /// <summary>Withdraws a topic.</summary>
    public void Unadvertise(string id)
    {
        if (outlets.TryRemove(id, out var outlet)) loop.Post(outlet.Close);
    }

    /// <summary>Receives a topic; the id is for <see cref="Unsubscribe"/>.</summary>
    /// <param name="topic">An absolute name.</param>
    /// <param name="handler">Called on the loop's thread for each message.</param>
    /// <param name="throttle_rate">The least time between two messages, in milliseconds; 0: all.</param>
    /// <param name="queue_length">How many messages the server keeps while it throttles; 0: all.</param>
    /// <param name="compression">How messages are packed.</param>
    [SuppressMessage("Naming", "CA1707", Justification = "the names that RosSharp's users write in their calls")]
    public string Subscribe<T>(
        string topic, Action<T> handler, int throttle_rate = 0, int queue_length = 0, RosbridgeCompression compression = RosbridgeCompression.None)
        where T : IRosMessage<T>
    {
        RosNames.Check(topic);
        var options = new SubscribeOptions { Throttle = TimeSpan.FromMilliseconds(throttle_rate), QueueLength = queue_length, Compression = compression };
        return Hold(NextId(topic), () => connection!.Subscribe(MessageType.Of<T>(), topic, handler, options));
    }

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(string id) => Release(id);

    /// <summary>Calls a service; the answer comes to <paramref name="handler"/>, anything else to <paramref name="failed"/>.</summary>
    /// <param name="service">An absolute name.</param>
    /// <param name="handler">Called on the loop's thread with the response.</param>
    /// <param name="request">The request.</param>
    /// <param name="failed">Called on the loop's thread when there is no response; when null, <see cref="HandlerFailed"/> is raised instead.</param>
    /// <param name="deadline">For the link to come up and the answer together; 10 s when null.</param>
    public string CallService<TRequest, TResponse>(
        string service, Action<TResponse> handler, TRequest request, Action<RosServiceException>? failed = null, TimeSpan? deadline = null)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse>
    {
        RosNames.Check(service);
        loop.Post(() => _ = Guarded(async () =>
        {
            try
            {
                handler(await CallAsync<TRequest, TResponse>(service, request, deadline ?? UsualDeadline, CancellationToken.None));
            }
            catch (RosServiceException failure) when (failed is not null)
            {
                failed(failure);
            }
        }));
        return NextId(service);
    }

    /// <summary>Calls a service.</summary>
    /// <exception cref="RosServiceException">There is no response: not in time, or an error instead.</exception>
    public Task<TResponse> CallServiceAsync<TRequest, TResponse>(string service, TRequest request, TimeSpan? deadline = null, CancellationToken cancel = default)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse>
    {
        RosNames.Check(service);
        return loop.RunAsync(() => CallAsync<TRequest, TResponse>(service, request, deadline ?? UsualDeadline, cancel));
    }

    /// <summary>Offers a service; the id is for <see cref="UnadvertiseService"/>.</summary>
    public string AdvertiseService<TRequest, TResponse>(string service, Func<TRequest, TResponse> handler)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        AdvertiseServiceAsync<TRequest, TResponse>(service, (request, _) => Task.FromResult(handler(request)));

    /// <summary>Offers a service whose handler takes its time.</summary>
    public string AdvertiseServiceAsync<TRequest, TResponse>(string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse>
    {
        RosNames.Check(service);
        return Hold(service, () => connection!.AdvertiseService(service, handler));
    }

    /// <summary>Withdraws a service.</summary>
    public void UnadvertiseService(string id) => Release(id);

    /// <summary>Offers an action; the id is for <see cref="UnadvertiseAction"/>.</summary>
    public string AdvertiseAction<TGoal, TResult, TFeedback>(string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback>
    {
        RosNames.Check(action);
        return Hold(action, () => connection!.AdvertiseAction(action, handler));
    }

    /// <summary>Withdraws an action.</summary>
    public void UnadvertiseAction(string id) => Release(id);

    /// <summary>Sends a goal; the id is for <see cref="CancelActionGoal"/>. However it ends, <paramref name="ended"/> is called once.</summary>
    public string SendActionGoal<TGoal, TResult, TFeedback>(
        string action, TGoal goal, Action<GoalOutcome<TResult>> ended, Action<TFeedback>? feedback = null, GoalTimeouts? timeouts = null)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback>
    {
        RosNames.Check(action);
        var id = FreshGoalId();
        loop.Post(() => _ = Guarded(async () => ended(await SendAsync<TGoal, TResult, TFeedback>(action, id, goal, feedback, timeouts, CancellationToken.None))));
        return id.ToString();
    }

    /// <summary>Sends a goal and waits for its end; cancelling the token asks the server to cancel, and its answer is still waited for.</summary>
    public Task<GoalOutcome<TResult>> SendActionGoalAsync<TGoal, TResult, TFeedback>(
        string action, TGoal goal, Action<TFeedback>? feedback = null, GoalTimeouts? timeouts = null, CancellationToken cancel = default)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback>
    {
        RosNames.Check(action);
        return loop.RunAsync(() => SendAsync<TGoal, TResult, TFeedback>(action, FreshGoalId(), goal, feedback, timeouts, cancel));
    }

    /// <summary>Asks to cancel a goal.</summary>
    public void CancelActionGoal(string id) => loop.Post(() =>
    {
        if (cancels.TryGetValue(id, out var cancel)) cancel();
    });

    /// <summary>Withdraws everything and ends the thread; returns at once.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        link = LinkState.Closed;
        loop.Post(() =>
        {
            connection?.Dispose();
            loop.Post(loop.Dispose);    // what waited hears of the end first
        });
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    // The server keeps the goal ids of all its clients in one place: only an id from real chance is safe there.
    private static Guid FreshGoalId() => new(RandomNumberGenerator.GetBytes(16));

    private void Changed(LinkState state)
    {
        link = state;
        (state == LinkState.Up ? Connected : Disconnected)?.Invoke();
    }

    private string NextId(string name) => $"{name}:{Interlocked.Increment(ref ids) - 1}";

    private string Hold(string id, Func<IDisposable> open)
    {
        if (!held.TryAdd(id, Pending.Instance)) throw new ArgumentException($"{id} is offered already", nameof(id));
        loop.Post(() =>
        {
            if (!held.ContainsKey(id)) return;    // released before it was opened
            held[id] = open();
        });
        return id;
    }

    private void Release(string id) => loop.Post(() =>
    {
        if (held.TryRemove(id, out var one)) one.Dispose();
    });

    private async Task<bool> UpAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (connection!.Link == LinkState.Up) return true;
        var up = new TaskCompletionSource<bool>();
        void Look(LinkState state) => up.TrySetResult(state == LinkState.Up);
        connection.LinkChanged += Look;
        var timer = loop.Ros.Time.CreateTimer(_ => up.TrySetResult(false), null, deadline, Timeout.InfiniteTimeSpan);
        var stopped = cancel.Register(() => loop.Post(() => up.TrySetCanceled(cancel)));
        try
        {
            return await up.Task;
        }
        finally
        {
            connection.LinkChanged -= Look;
            timer.Dispose();
            stopped.Dispose();
        }
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(string service, TRequest request, TimeSpan deadline, CancellationToken cancel)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse>
    {
        var start = loop.Ros.Time.GetTimestamp();
        if (!await UpAsync(deadline, cancel)) throw new RosServiceException(service, ServiceFailure.NoServer, $"service {service}: the link did not come up in time; nothing was sent");
        var left = deadline - loop.Ros.Time.GetElapsedTime(start);
        using var mine = new CancellationTokenSource();
        using var asked = cancel.Register(() => loop.Post(() => Cancel(mine)));    // the caller's thread may not run what waits here
        return await connection!.CallServiceAsync<TRequest, TResponse>(service, request, left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), mine.Token);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended meanwhile.
        }
    }

    private async Task<GoalOutcome<TResult>> SendAsync<TGoal, TResult, TFeedback>(
        string action, Guid id, TGoal goal, Action<TFeedback>? feedback, GoalTimeouts? timeouts, CancellationToken cancel)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback>
    {
        if (!await UpAsync(UsualDeadline, cancel)) return new(GoalState.Unknown, default, "the link did not come up in time; the goal was not sent");
        var key = (action, typeof(TGoal));
        if (!clients.TryGetValue(key, out var client)) clients.Add(key, client = connection!.ActionClient<TGoal, TResult, TFeedback>(action));
        var handle = ((IActionClient<TGoal, TResult, TFeedback>)client).Send(id, goal, feedback, timeouts);
        cancels[id.ToString()] = handle.Cancel;
        using var asked = cancel.Register(() => loop.Post(handle.Cancel));
        try
        {
            return await handle.Completion;
        }
        finally
        {
            cancels.TryRemove(id.ToString(), out _);
        }
    }

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            HandlerFailed?.Invoke(failure);
        }
    }

    private sealed class Pending : IDisposable
    {
        public static readonly Pending Instance = new();

        public void Dispose()
        {
        }
    }

    private abstract class Outlet
    {
        public abstract void Put(IRosMessage message);

        public abstract void Close();
    }

    private sealed class Outlet<T>(RosSocket socket) : Outlet where T : IRosMessage<T>
    {
        private readonly ConcurrentQueue<T> waiting = new();
        private IPublisher<T>? publisher;

        public void Open(IPublisher<T> opened) => publisher = opened;

        public override void Close() => publisher?.Dispose();

        public override void Put(IRosMessage message)
        {
            if (message is not T fitting) throw new ArgumentException($"a {message.TypeName} where {T.RosType} is advertised", nameof(message));
            waiting.Enqueue(fitting);
            if (waiting.Count > MostWaiting && waiting.TryDequeue(out _)) Interlocked.Increment(ref socket.dropped);
            else socket.loop.Post(PublishNext);
        }

        private void PublishNext()
        {
            if (waiting.TryDequeue(out var message)) publisher?.Publish(message);
        }
    }
}
