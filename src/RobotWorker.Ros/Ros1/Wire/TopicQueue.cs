using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// From the sockets' threads to the loop: messages are decoded where they arrive, and wait here for the loop, which takes all that wait at once. On a
/// reliable subscription a full queue makes the socket wait, so that the publisher's side is the one to notice; on best effort the oldest go, and are counted.
/// </summary>
internal sealed class TopicQueue<T> : ITopicSink where T : IRosMessage
{
    private const int MostWaiting = 4096;

    private readonly Lock gate = new();
    private readonly MessageType<T> type;
    private readonly Action<Action> postFromOutside;
    private readonly Action<T> handler;
    private readonly Action<string> problem;
    private readonly Action deliver;
    private readonly int? latestOnly;
    private readonly long mostBytes;
    private Queue<(T Message, int Bytes)> waiting = new();
    private Queue<(T Message, int Bytes)> delivering = new();
    private TaskCompletionSource? room;
    private long waitingBytes;
    private bool isPosted;
    private bool isClosed;
    private bool isTold;

    public TopicQueue(MessageType<T> type, Qos? asked, long mostBytes, RosLoop loop, Action<T> handler, Action<string> problem)
    {
        this.type = type;
        this.mostBytes = mostBytes;
        this.handler = handler;
        this.problem = problem;
        postFromOutside = loop.PostFromOutside;
        latestOnly = asked?.Reliability == Reliability.BestEffort ? asked.Depth : null;
        deliver = Deliver;
    }

    /// <summary>Messages that the loop was too slow for.</summary>
    public long Dropped { get; private set; }

    public void Take(ReadOnlySpan<byte> message)
    {
        T decoded;
        try
        {
            decoded = Ros1Wire.Deserialize(type, message);
        }
        catch (RosCodecException wrong)
        {
            if (isTold) return;
            isTold = true;
            problem($"a message is not what it should be, and is dropped: {wrong.Message}");
            return;
        }

        lock (gate)
        {
            if (isClosed) return;
            waiting.Enqueue((decoded, message.Length));
            waitingBytes += message.Length;
            if (waiting.Count <= latestOnly || latestOnly is null) return;
            waitingBytes -= waiting.Dequeue().Bytes;
            Dropped++;
        }
    }

    public void Post()
    {
        lock (gate)
        {
            if (isPosted || waiting.Count == 0) return;
            isPosted = true;
        }

        postFromOutside(deliver);
    }

    public ValueTask RoomAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            if (isClosed || latestOnly is not null || (waiting.Count < MostWaiting && waitingBytes < mostBytes)) return ValueTask.CompletedTask;
            room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(room.Task.WaitAsync(cancel));
        }
    }

    /// <summary>Nothing is delivered any more, not even what waits.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            waiting.Clear();
            room?.TrySetResult();
        }
    }

    // On the loop.
    private void Deliver()
    {
        lock (gate)
        {
            (waiting, delivering) = (delivering, waiting);
            waitingBytes = 0;
            isPosted = false;
            room?.TrySetResult();
            room = null;
        }

        while (!isClosed && delivering.TryDequeue(out var next)) handler(next.Message);
        delivering.Clear();
    }
}
