using System.Net.Sockets;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>One direction of a relayed connection: what is received is cut into units, each unit's fate is decided when it comes, and it leaves when that is due.</summary>
internal sealed class WireLane(FaultyWire wire, string key, WireDirection direction, Socket from, Socket to, IUnitCutter cutter)
{
    private const int MostWaitingBytes = 4 << 20;

    private readonly Lock gate = new();
    private readonly PriorityQueue<byte[], (TimeSpan Due, long Order)> waiting = new();
    private TaskCompletionSource turned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan lastDue;
    private long units;
    private long queued;
    private long waitingBytes;
    private bool hasEnded;
    private bool swallows;
    private bool isClosed;

    /// <summary>From now on nothing passes any more, and neither side is told.</summary>
    public void Swallow()
    {
        lock (gate)
        {
            swallows = true;
            waiting.Clear();
            waitingBytes = 0;
        }

        Turn();
    }

    /// <summary>Its sockets are closed: whoever waits ends.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            waiting.Clear();
            waitingBytes = 0;
        }

        Turn();
    }

    /// <summary>Something changed: whoever waits looks again.</summary>
    public void Turn()
    {
        TaskCompletionSource before;
        lock (gate) (before, turned) = (turned, new(TaskCreationOptions.RunContinuationsAsynchronously));
        before.TrySetResult();
    }

    /// <summary>Passes bytes on until the sender ends or the connection is closed.</summary>
    public async Task RunAsync()
    {
        var (reading, writing) = (ReadAsync(), WriteAsync());
        // Whichever fails first ends it.
        await (await Task.WhenAny(reading, writing).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 << 10];
        while (await from.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false) is > 0 and var count)
        {
            lock (gate)
            {
                if (swallows) continue;
                foreach (var unit in cutter.Take(buffer.AsMemory(0, count))) Add(unit);
            }

            Turn();
            while (IsFull(out var change)) await change.ConfigureAwait(false);
        }

        lock (gate) hasEnded = true;
        Turn();
    }

    private void Add(WireUnit unit)
    {
        var number = units++;
        var (_, length) = unit.Payload.GetOffsetAndLength(unit.Bytes.Length);
        var fate = WireFate.Of(wire.Active, direction, unit.Name, length, fault => wire.Chance($"{key}/{direction}/{number}/{fault}"));
        var due = wire.Now + wire.OnWall(fate.Delay);
        if (!fate.IsOvertaken) due = lastDue = due > lastDue ? due : lastDue;
        Flip(unit, fate);
        for (var copy = 0; copy < fate.Copies; copy++)
        {
            waiting.Enqueue(unit.Bytes, (due, ++queued));
            waitingBytes += unit.Bytes.Length;
        }
    }

    private static void Flip(WireUnit unit, WireFate fate)
    {
        var payload = unit.Bytes.AsSpan(unit.Payload);
        foreach (var bit in fate.Flips)
        {
            // What is said on this wire is ASCII: without the highest bit it stays so.
            payload[(int)(bit / 8)] ^= (byte)(1 << (int)(bit % (unit.IsText ? 7 : 8)));
        }
    }

    private bool IsFull(out Task change)
    {
        lock (gate)
        {
            change = turned.Task;
            return !isClosed && waitingBytes > MostWaitingBytes;
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            var (bytes, change, pause) = Next();
            if (bytes is not null)
            {
                for (var sent = 0; sent < bytes.Length;) sent += await to.SendAsync(bytes.AsMemory(sent), SocketFlags.None).ConfigureAwait(false);
                continue;
            }

            if (pause == TimeSpan.Zero) break;
            await wire.PauseAsync(change, pause).ConfigureAwait(false);
        }

        // The end of a half-open connection is not heard either.
        if (!swallows && !isClosed) to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>What leaves now; else how long to wait, zero at the end.</summary>
    private (byte[]? Bytes, Task Change, TimeSpan Pause) Next()
    {
        lock (gate)
        {
            if (isClosed) return (null, turned.Task, TimeSpan.Zero);
            if (wire.IsStalled(direction)) return (null, turned.Task, Timeout.InfiniteTimeSpan);
            if (!waiting.TryPeek(out _, out var first)) return (null, turned.Task, hasEnded ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);
            var pause = first.Due - wire.Now;
            if (pause > TimeSpan.Zero) return (null, turned.Task, pause);
            var bytes = waiting.Dequeue();
            waitingBytes -= bytes.Length;
            if (waitingBytes <= MostWaitingBytes && waitingBytes + bytes.Length > MostWaitingBytes) Turn();
            return (bytes, turned.Task, TimeSpan.Zero);
        }
    }
}
