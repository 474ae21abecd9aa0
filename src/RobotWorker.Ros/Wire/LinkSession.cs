using System.Net.WebSockets;

namespace RobotWorker.Ros.Wire;

/// <summary>One life of a link, from its opening to its loss: frames that were meant for it never reach a later one.</summary>
internal sealed class LinkSession : IDisposable, IThreadPoolWorkItem
{
    private const int Batch = 256;

    // A small frame after a rest leaves on the thread that sends it: waking another one takes longer than the system call. In a burst the sender gathers.
    private const int MostAtOnce = 16 * 1024;
    private static readonly TimeSpan Rest = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    private readonly FrameSocket socket;
    private readonly LinkOptions options;
    private readonly TimeProvider time;
    private readonly ILinkEvents events;
    private readonly SendQueue queue;
    private readonly List<OutFrame> batch = new(Batch);    // the sender's
    private readonly TaskCompletionSource<string> sendingFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private long sentAt;
    private int sending;
    private volatile bool finishing;
    private volatile bool resting;

    public LinkSession(int number, FrameSocket socket, LinkOptions options, TimeProvider time, ILinkEvents events)
    {
        Number = number;
        this.socket = socket;
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
        var isSmall = frame.Length <= MostAtOnce;
        if (!queue.TryAdd(frame)) return false;
        Wake(isSmall);
        return true;
    }

    /// <summary>
    /// Lets what is in line leave, says farewell, and reads on until the other side has answered it: a socket that is closed with bytes unread is reset, and what was on its
    /// way to the other side is lost with it. Whoever calls this cancels the session when that takes too long.
    /// </summary>
    public void Finish()
    {
        finishing = true;
        Wake(atOnce: false);
    }

    /// <summary>Sends and receives until something ends it; says what.</summary>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, stop.Token);
        Task<string>[] work = [Named(ReceiveAsync, linked.Token), Named(WatchAsync, linked.Token)];
        var first = await Task.WhenAny([.. work, sendingFailed.Task]).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        await Task.WhenAll(work).ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }

    /// <summary>Telemetry that was in line and goes nowhere.</summary>
    public int Close() => queue.Close();

    public void Dispose()
    {
        queue.Close();
        socket.Dispose();
        stop.Dispose();
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

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

    // No token here and in sending: disposing the socket ends both as well, and a token costs a registration each time.
    private async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        while (true)
        {
            switch (socket.Next(out var frame))
            {
                case Arrival.Nothing:
                    if (await socket.FillAsync(CancellationToken.None).ConfigureAwait(false)) continue;
                    return "the other side ended the connection without a word";
                case Arrival.Close:
                    await AnswerFarewellAsync().ConfigureAwait(false);
                    return finishing ? "it was closed" : $"the other side closed it ({socket.Closed.Status}: {socket.Closed.Text})";
                case Arrival.TooLong:
                    events.Skipped(this, socket.Skipping);
                    continue;
                default:
                    HasHeard = true;
                    if (!finishing) events.Received(this, frame);
                    break;
            }

            if (events.IsFull && !finishing) await RestAsync(cancel).ConfigureAwait(false);
        }
    }

    private async Task AnswerFarewellAsync()
    {
        using var within = new CancellationTokenSource(AnswerWithin, time);
        try
        {
            await socket.CloseAsync(socket.Closed.Status ?? WebSocketCloseStatus.NormalClosure, "", within.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It did not wait for the answer.
        }
    }

    // While nothing is read no answer to a ping is seen either: that is our rest, not the other side's silence.
    private async Task RestAsync(CancellationToken cancel)
    {
        resting = true;
        await events.RoomAsync(cancel).ConfigureAwait(false);
        socket.Heard();
        resting = false;
    }

    // The sender runs while something waits. What the socket does not take at once it takes later, on a thread of its own: nothing blocks here.
    private void Wake(bool atOnce)
    {
        if (Interlocked.Exchange(ref sending, 1) != 0) return;
        if (atOnce && time.GetElapsedTime(sentAt) >= Rest) _ = SendAsync();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task SendAsync()
    {
        try
        {
            do
            {
                for (queue.Take(batch, Batch); batch.Count > 0; queue.Take(batch, Batch))
                {
                    foreach (var frame in batch)
                    {
                        await socket.SendAsync(frame.Bytes, isBinary: false, CancellationToken.None).ConfigureAwait(false);
                        frame.Return();
                    }

                    batch.Clear();
                    await socket.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                }

                if (finishing)
                {
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", stop.Token).ConfigureAwait(false);
                    return;    // still as sending: nothing leaves behind the farewell
                }

                sentAt = time.GetTimestamp();
                Interlocked.Exchange(ref sending, 0);
            }
            while ((!queue.IsEmpty || finishing) && Interlocked.Exchange(ref sending, 1) == 0);
        }
        catch (OperationCanceledException)
        {
            sendingFailed.TrySetResult("it was closed");
        }
        catch (Exception failure)
        {
            sendingFailed.TrySetResult(WebSocketLink.Reason(failure));
        }
    }

    private async Task<string> WatchAsync(CancellationToken cancel)
    {
        var ping = Task.CompletedTask;
        while (true)
        {
            await Task.Delay(options.SilenceDeadline / 8, time, cancel).ConfigureAwait(false);
            if (resting) continue;
            if (socket.Silence > options.SilenceDeadline)
                return $"nothing was heard for {options.SilenceDeadline.TotalSeconds:0.###} s, pings were not answered";
            if (ping.IsFaulted) await ping.ConfigureAwait(false);
            if (socket.Silence >= options.SilenceDeadline / 4 && ping.IsCompleted) ping = socket.PingAsync(cancel);
        }
    }
}
