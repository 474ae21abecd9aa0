using System.Net.WebSockets;

namespace RobotWorker.Ros.Wire;

/// <summary>One life of a link, from its opening to its loss: frames that were meant for it never reach a later one.</summary>
internal sealed class LinkSession : IDisposable
{
    private const int Batch = 64;

    private readonly OpenSocket open;
    private readonly LinkOptions options;
    private readonly TimeProvider time;
    private readonly ILinkEvents events;
    private readonly SendQueue queue;
    private readonly SemaphoreSlim wake = new(0);
    private readonly CancellationTokenSource stop = new();
    private int awake;
    private volatile bool finishing;
    private volatile bool resting;

    public LinkSession(int number, OpenSocket open, LinkOptions options, TimeProvider time, ILinkEvents events)
    {
        Number = number;
        this.open = open;
        this.options = options;
        this.time = time;
        this.events = events;
        queue = new(options.MostQueuedBytes);
    }

    /// <summary>Counts sessions from 1.</summary>
    public int Number { get; }

    /// <summary>Telemetry that was dropped for lack of room.</summary>
    public long Dropped => queue.Dropped;

    /// <summary>Whether it heard anything: a server that only accepts sockets is not there yet.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Puts a frame in line, from any thread. Takes the buffer. No: it is a command and there is no room, or the session is over.</summary>
    public bool Send(OutFrame frame)
    {
        if (!queue.TryAdd(frame)) return false;
        if (Interlocked.Exchange(ref awake, 1) == 0) wake.Release();
        return true;
    }

    /// <summary>Lets what is in line leave, then closes.</summary>
    public void Finish()
    {
        finishing = true;
        if (Interlocked.Exchange(ref awake, 1) == 0) wake.Release();
    }

    /// <summary>Sends and receives until something ends it; says what.</summary>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, stop.Token);
        Task<string>[] work = [Named(ReceiveAsync, linked.Token), Named(SendAsync, linked.Token), Named(WatchAsync, linked.Token)];
        var first = await Task.WhenAny(work).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        open.Dispose();
        await Task.WhenAll(work).ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }

    /// <summary>Telemetry that was in line and goes nowhere.</summary>
    public int Close() => queue.Close();

    public void Dispose()
    {
        queue.Close();
        open.Dispose();
        stop.Dispose();
    }

    private static async Task<string> Named(Func<CancellationToken, Task<string>> work, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(() => work(cancel), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return "it was closed";
        }
        catch (Exception failure)
        {
            return WebSocketLink.Reason(failure);
        }
    }

    private async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        var skipped = 0L;
        while (true)
        {
            if (filled == buffer.Length)
            {
                if (filled < options.MostFrameBytes)
                {
                    Array.Resize(ref buffer, (int)Math.Min(options.MostFrameBytes, buffer.Length * 2L));
                }
                else
                {
                    skipped += filled;
                    filled = 0;
                }
            }

            // No token here and in sending: one that can be cancelled costs a registration a message, and aborting the socket ends both as well.
            var got = await open.Socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None).ConfigureAwait(false);
            if (got.MessageType == WebSocketMessageType.Close)
                return $"the other side closed it ({open.Socket.CloseStatus}: {open.Socket.CloseStatusDescription})";
            filled += got.Count;
            if (!got.EndOfMessage) continue;
            HasHeard = true;
            if (skipped > 0) events.Skipped(this, skipped + filled);
            else events.Received(this, buffer.AsSpan(0, filled));
            (filled, skipped) = (0, 0);
            if (events.IsFull) await RestAsync(cancel).ConfigureAwait(false);
        }
    }

    // While nothing is read no answer to a ping is seen either: that is our rest, not the other side's silence.
    private async Task RestAsync(CancellationToken cancel)
    {
        resting = true;
        await events.RoomAsync(cancel).ConfigureAwait(false);
        open.Stream.Heard();
        resting = false;
    }

    private async Task<string> SendAsync(CancellationToken cancel)
    {
        var batch = new List<OutFrame>(Batch);
        while (true)
        {
            await wake.WaitAsync(cancel).ConfigureAwait(false);
            Interlocked.Exchange(ref awake, 0);
            for (queue.Take(batch, Batch); batch.Count > 0; queue.Take(batch, Batch))
            {
                if (batch.Count > 1) open.Stream.Cork();
                foreach (var frame in batch)
                {
                    await open.Socket.SendAsync(frame.Bytes, WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
                    frame.Return();
                }

                if (batch.Count > 1) await open.Stream.UncorkAsync(CancellationToken.None).ConfigureAwait(false);
                batch.Clear();
            }

            if (!finishing) continue;
            await open.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancel).ConfigureAwait(false);
            return "it was closed";
        }
    }

    private async Task<string> WatchAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(options.SilenceDeadline / 8, time, cancel).ConfigureAwait(false);
            if (!resting && open.Stream.Silence > options.SilenceDeadline)
                return $"nothing was heard for {options.SilenceDeadline.TotalSeconds:0.###} s, pings were not answered";
        }
    }
}
