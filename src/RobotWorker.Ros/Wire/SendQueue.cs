namespace RobotWorker.Ros.Wire;

/// <summary>
/// The frames that wait for one session's socket, first in first out, bounded in bytes. Where there is no room the oldest telemetry goes and is
/// counted; a command for which that makes no room is refused, never dropped. Thread-safe.
/// </summary>
/// <remarks>A ring with absolute numbers: what is dropped from its middle stays as an empty place until its turn comes.</remarks>
internal sealed class SendQueue(long mostBytes)
{
    private readonly Lock gate = new();
    private readonly Queue<long> telemetry = new();
    private OutFrame[] ring = new OutFrame[64];
    private long head;
    private long tail;
    private long bytes;
    private long dropped;
    private bool closed;

    /// <summary>How many telemetry frames were dropped for lack of room.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>How many bytes wait.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate) return head == tail;
        }
    }

    /// <summary>Adds a frame, or gives its buffer back and says no. Telemetry is never refused while the queue is open: it is counted.</summary>
    public bool TryAdd(OutFrame frame)
    {
        lock (gate)
        {
            if (closed)
            {
                frame.Return();
                return false;
            }

            while (bytes + frame.Length > mostBytes && telemetry.TryDequeue(out var oldest)) Drop(oldest);
            if (bytes + frame.Length > mostBytes)
            {
                frame.Return();
                if (frame.Kind == FrameKind.Command) return false;
                dropped++;
                return true;
            }

            if (tail - head == ring.Length) Grow();
            if (frame.Kind == FrameKind.Telemetry) telemetry.Enqueue(tail);
            ring[tail++ & (ring.Length - 1)] = frame;
            bytes += frame.Length;
            return true;
        }
    }

    /// <summary>Takes up to <paramref name="most"/> frames that wait now.</summary>
    public void Take(List<OutFrame> into, int most)
    {
        lock (gate)
        {
            while (head < tail && into.Count < most)
            {
                ref var place = ref ring[head & (ring.Length - 1)];
                if (place.Buffer is not null)
                {
                    if (place.Kind == FrameKind.Telemetry) telemetry.Dequeue();
                    bytes -= place.Length;
                    into.Add(place);
                    place = default;
                }

                head++;
            }
        }
    }

    /// <summary>Ends it: what waits goes nowhere, and nothing more is taken. The number of telemetry frames that were waiting.</summary>
    public int Close()
    {
        lock (gate)
        {
            closed = true;
            var waiting = telemetry.Count;
            for (; head < tail; head++)
            {
                ring[head & (ring.Length - 1)].Return();
                ring[head & (ring.Length - 1)] = default;
            }

            telemetry.Clear();
            bytes = 0;
            return waiting;
        }
    }

    private void Drop(long number)
    {
        ref var place = ref ring[number & (ring.Length - 1)];
        bytes -= place.Length;
        place.Return();
        place = default;
        dropped++;
    }

    private void Grow()
    {
        var larger = new OutFrame[ring.Length * 2];
        for (var i = head; i < tail; i++) larger[i & (larger.Length - 1)] = ring[i & (ring.Length - 1)];
        ring = larger;
    }
}
