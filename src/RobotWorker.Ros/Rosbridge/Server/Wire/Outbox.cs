using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>One message on its way to a client.</summary>
/// <param name="Bytes">Its frame; shared with other clients.</param>
/// <param name="IsBinary">CBOR; else JSON.</param>
/// <param name="FragmentSize">Above how many bytes it is cut; 0: never.</param>
internal readonly record struct OutMessage(byte[] Bytes, bool IsBinary = false, int FragmentSize = 0);

/// <summary>How many messages of a subscription a slow client lost since it was last told.</summary>
internal sealed class Losses(string topic)
{
    public string Topic => topic;

    /// <summary>Since it was last told; under the outbox's lock.</summary>
    public long Untold { get; set; }
}

/// <summary>
/// What waits for one client, bounded in bytes. Where a client reads more slowly than it is sent to, the oldest messages of its subscriptions are lost, and the
/// first one of the topic that gets through is preceded by a status that counts them; answers and results are never lost, and where they alone fill it the
/// client is let go. Filled by the loop, emptied by the socket.
/// </summary>
internal sealed class Outbox(long mostBytes)
{
    // What the queue's own entry costs, so that many tiny messages count as well.
    private const int EntryBytes = 96;

    private readonly Lock gate = new();
    private Queue<Entry> waiting = new();
    private readonly Queue<Entry> telemetry = new();
    private TaskCompletionSource? signal;
    private long bytes;
    private long lost;
    private int husks;
    private CloseReason? closing;

    /// <summary>Why the client is to go, once everything before is sent; null while it may stay.</summary>
    public CloseReason? Closing
    {
        get
        {
            lock (gate) return closing;
        }
    }

    /// <summary>Whether something waits.</summary>
    public bool HasMore
    {
        get
        {
            lock (gate) return waiting.Count > 0;
        }
    }

    /// <summary>Bytes that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (gate) return bytes;
        }
    }

    /// <summary>Adds an answer or a result.</summary>
    public void Send(OutMessage message)
    {
        lock (gate)
        {
            if (closing is not null) return;
            MakeRoom(Cost(message));
            if (bytes > 0 && bytes + Cost(message) > mostBytes) Close(CloseReason.TooSlow);
            else Add(new(message, null));
        }
    }

    /// <summary>Adds a message of a subscription; it, or older ones, may be lost.</summary>
    public void SendTelemetry(OutMessage message, Losses losses)
    {
        lock (gate)
        {
            if (closing is not null) return;
            MakeRoom(Cost(message));
            if (bytes > 0 && bytes + Cost(message) > mostBytes)
            {
                Count(losses);
                return;
            }

            var entry = new Entry(message, losses);
            telemetry.Enqueue(entry);
            Add(entry);
        }
    }

    /// <summary>Lets the client go after what waits; nothing more is taken in.</summary>
    public void Close(CloseReason reason)
    {
        lock (gate)
        {
            closing ??= reason;
            signal?.TrySetResult();
        }
    }

    /// <summary>Waits until there is something to send, or the client is to go.</summary>
    public Task WaitAsync()
    {
        lock (gate)
        {
            if (waiting.Count > 0 || closing is not null) return Task.CompletedTask;
            signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return signal.Task;
        }
    }

    /// <summary>Takes the next message out, with the status that must be told before it.</summary>
    public bool TryTake(out OutMessage message, out string? warning)
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var entry))
            {
                if (entry.IsLost)
                {
                    husks--;
                    continue;
                }

                bytes -= Cost(entry.Message);
                warning = null;
                if (entry.Losses is { } losses)
                {
                    telemetry.Dequeue();    // both queues have the same order: it is this entry
                    if (losses.Untold > 0) warning = $"{losses.Untold} messages of {losses.Topic} were lost: this client reads more slowly than they come";
                    losses.Untold = 0;
                }

                message = entry.Message;
                return true;
            }

            (message, warning) = (default, null);
            return false;
        }
    }

    /// <summary>How many messages of subscriptions were lost ever.</summary>
    public long Lost
    {
        get
        {
            lock (gate) return lost;
        }
    }

    private void Add(Entry entry)
    {
        waiting.Enqueue(entry);
        bytes += Cost(entry.Message);
        signal?.TrySetResult();
        signal = null;
    }

    private void MakeRoom(long needed)
    {
        while (bytes + needed > mostBytes && telemetry.TryDequeue(out var oldest))
        {
            bytes -= Cost(oldest.Message);
            oldest.Lose();
            husks++;
            Count(oldest.Losses!);
        }

        if (husks < 1024 || husks < waiting.Count / 2) return;
        waiting = new(waiting.Where(entry => !entry.IsLost));
        husks = 0;
    }

    private void Count(Losses losses)
    {
        losses.Untold++;
        lost++;
    }

    private static long Cost(OutMessage message) => message.Bytes.Length + EntryBytes;

    private sealed class Entry(OutMessage message, Losses? losses)
    {
        public OutMessage Message { get; private set; } = message;

        public Losses? Losses => losses;

        public bool IsLost { get; private set; }

        public void Lose()
        {
            IsLost = true;
            Message = default;
        }
    }
}
