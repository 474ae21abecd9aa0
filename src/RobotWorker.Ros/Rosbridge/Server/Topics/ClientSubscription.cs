using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;
using RobotWorker.Ros.Rosbridge.Server.Wire;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>
/// A topic that a client subscribes, whatever its type. Several subscriptions of one client to one topic are served by one message: with the shortest
/// throttle, the longest queue and the smallest fragments asked for.
/// </summary>
internal abstract class ClientSubscription(string type) : IDisposable
{
    private readonly Dictionary<OpId, Subscribe> asked = [];

    public string Type => type;

    /// <summary>How often it was asked for.</summary>
    public int Count => asked.Count;

    protected TimeSpan Throttle { get; private set; }

    protected int QueueLength { get; private set; }

    protected int FragmentSize { get; private set; }

    protected Compression Compression { get; private set; }

    /// <summary>Takes a wish in; the same id again replaces its earlier one.</summary>
    public void Ask(Subscribe op)
    {
        asked[op.Id] = op;
        Settle();
    }

    /// <summary>Takes a wish back; without an id, or with an unknown one, all of them.</summary>
    /// <returns>Whether nobody is left who wants the topic.</returns>
    public bool Forget(OpId id)
    {
        if (id.Text is null || !asked.Remove(id)) asked.Clear();
        if (asked.Count > 0) Settle();
        return asked.Count == 0;
    }

    public abstract void Start();

    /// <summary>Sends what its publishers latched once more, as the reference server does for whoever subscribes again.</summary>
    public abstract void ShowLatched();

    public abstract void Dispose();

    private void Settle()
    {
        Throttle = TimeSpan.FromMilliseconds(asked.Values.Min(op => op.ThrottleMilliseconds));
        QueueLength = asked.Values.Max(op => op.QueueLength);
        FragmentSize = asked.Values.Where(op => op.FragmentSize > 0).Select(op => op.FragmentSize).DefaultIfEmpty(0).Min();
        Compression = asked.Values.Max(op => op.Compression);
    }
}

/// <summary>A topic that a client subscribes.</summary>
internal sealed class ClientSubscription<T>(ClientSession session, MessageType<T> type, string topic) : ClientSubscription(type.Name) where T : IRosMessage
{
    private readonly Losses losses = new(topic);
    private readonly TopicFrames<T> frames = session.Server.Frames.Of(topic, type);
    private readonly Queue<T> held = new();
    private IDisposable? subscription;
    private ITimer? timer;
    private long? sentAt;

    /// <exception cref="Graph.RosGraphException">The topic has another type.</exception>
    public override void Start() => subscription = session.Ros.Subscribe(type, ClientSession.OnGraph(topic), Take);

    public override void ShowLatched()
    {
        // A second subscription hears what is latched now; what is published after that is the first one's.
        var latched = session.Ros.Subscribe(type, ClientSession.OnGraph(topic), Take);
        session.Server.Graph.Later(latched.Dispose);
    }

    public override void Dispose()
    {
        subscription?.Dispose();
        timer?.Dispose();
        held.Clear();
    }

    private void Take(T message)
    {
        if (Throttle <= TimeSpan.Zero)
        {
            Send(message);
            return;
        }

        var left = Left();
        if (held.Count == 0 && left <= TimeSpan.Zero)
        {
            Send(message);
            return;
        }

        if (QueueLength == 0) return;    // as the protocol has it: what comes too early is left out
        if (held.Count == QueueLength) held.Dequeue();
        held.Enqueue(message);
        if (held.Count == 1) Arm(left);
    }

    private void SendHeld()
    {
        if (!held.TryDequeue(out var message)) return;
        Send(message);
        if (held.Count > 0) Arm(Left());
    }

    private void Send(T message)
    {
        sentAt = session.Ros.Time.GetTimestamp();
        try
        {
            session.Outbox.SendTelemetry(new(frames.Of(message, Compression), Compression >= Compression.Cbor, FragmentSize), losses);
        }
        catch (RosCodecException unfit)
        {
            session.Tell(OpId.None, "error", $"a message of {topic} cannot be sent: {unfit.Message}");
        }
    }

    private TimeSpan Left() =>
        sentAt is { } at ? session.Server.OnLoop(Throttle) - session.Ros.Time.GetElapsedTime(at) : TimeSpan.Zero;

    private void Arm(TimeSpan due)
    {
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due;
        timer ??= session.Ros.Time.CreateTimer(static self => ((ClientSubscription<T>)self!).SendHeld(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
