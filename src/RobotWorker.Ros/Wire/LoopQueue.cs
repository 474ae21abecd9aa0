using System.Collections.Concurrent;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Ros.Wire;

/// <summary>
/// What a wire's threads have read, on its way to the loop, first in first out, a few by each turn. When too much waits the wire should
/// rest until the loop has taken half: the other side is slowed down, and nothing is lost.
/// </summary>
internal sealed class LoopQueue
{
    // The loop's door costs more than a small message does; yet others must get their turn.
    private const int ByATurn = 32;

    private readonly ConcurrentQueue<(IDelivery Target, object? What, int Bytes)> waiting = new();
    private readonly RosLoop loop;
    private readonly int mostItems;
    private readonly long mostBytes;
    private readonly Action deliverSome;
    private int items;
    private int posted;
    private long bytes;
    private TaskCompletionSource? room;

    public LoopQueue(RosLoop loop, int mostItems, long mostBytes)
    {
        this.loop = loop;
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
        deliverSome = DeliverSome;
    }

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref items);

    /// <summary>Whether the wire should rest.</summary>
    public bool IsFull => Volatile.Read(ref items) >= mostItems || Interlocked.Read(ref bytes) >= mostBytes;

    /// <summary>Adds something, from any thread; never refuses, since who reads asks <see cref="IsFull"/>.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="what">What.</param>
    /// <param name="size">How many bytes it was on the wire.</param>
    public void Add(IDelivery target, object? what, int size)
    {
        Interlocked.Increment(ref items);
        Interlocked.Add(ref bytes, size);
        waiting.Enqueue((target, what, size));
        PostOnce();
    }

    /// <summary>Does something on the loop behind all that waits.</summary>
    public void Add(Action work) => Add(Work.Instance, work, 0);

    /// <summary>Ends when half is free.</summary>
    public async Task RoomAsync(CancellationToken cancel)
    {
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref room, wait);
        if (HalfIsFree) wait.TrySetResult();
        await wait.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    private bool HalfIsFree => Volatile.Read(ref items) <= mostItems / 2 && Interlocked.Read(ref bytes) <= mostBytes / 2;

    private void PostOnce()
    {
        if (Interlocked.Exchange(ref posted, 1) == 0) loop.PostFromOutside(deliverSome);
    }

    private void DeliverSome()
    {
        Volatile.Write(ref posted, 0);    // before anything is taken: what comes from now on posts again
        try
        {
            for (var i = 0; i < ByATurn && waiting.TryDequeue(out var next); i++)
            {
                MakeRoom(next.Bytes);
                next.Target.Deliver(next.What);
            }
        }
        finally
        {
            if (!waiting.IsEmpty) PostOnce();    // also after a handler that threw: a run of the loop that goes on finds the rest
        }
    }

    private void MakeRoom(int size)
    {
        Interlocked.Decrement(ref items);
        Interlocked.Add(ref bytes, -size);
        if (Volatile.Read(ref room) is not { } waiter || !HalfIsFree) return;
        Volatile.Write(ref room, null);
        waiter.TrySetResult();
    }

    private sealed class Work : IDelivery
    {
        public static readonly Work Instance = new();

        public void Deliver(object? message) => ((Action)message!)();
    }
}
