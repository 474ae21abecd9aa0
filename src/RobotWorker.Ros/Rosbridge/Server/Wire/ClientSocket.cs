using System.Net.WebSockets;
using RobotWorker.Ros.Rosbridge.Server.Ops;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>
/// One client's WebSocket: reads frames, decodes them into operations and posts these to the loop; sends what its outbox holds. It ends by the client's leaving,
/// by the outbox's closing, or by silence.
/// </summary>
internal sealed class ClientSocket(FrameSocket socket, string peer, RosbridgeServerOptions options)
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    // How long what waits may take to leave, once a client is to go.
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(5);

    // The loop's door costs more than a small operation does; yet others must get their turn.
    private const int ByATurn = 32;

    // A small operation costs the loop more time than its bytes say: with 32 MiB of credit a client may be some eight thousand operations ahead, not a million.
    private const int BytesAnOperation = 4096;

    // What leaves together, more or less: setting the clock anew for each small message costs more than sending it.
    private const int Piece = 32 * 1024;

    private readonly InboundCredit credit = new(options.MostInboundBytes);
    private readonly OpDecoder decoder = new(options.MostInboundBytes);
    private int fragmented;
    private volatile bool resting;
    private volatile bool silent;

    /// <summary>Where it comes from: <c>127.0.0.1:43210</c>.</summary>
    public string Peer => peer;

    public Outbox Outbox { get; } = new(options.MostOutboundBytes);

    /// <summary>How long nothing has come, pings' answers included.</summary>
    public TimeSpan SilentFor => socket.Silence;

    /// <summary>Serves the client to its end.</summary>
    /// <param name="received">Takes operations in, with the number of bytes to <see cref="Handled">give back</see>; called on this socket's thread.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(Action<List<ClientOp>, int> received)
    {
        using var ending = new CancellationTokenSource();
        var watching = WatchAsync(ending.Token);
        var (reading, writing) = (ReadAsync(received), WriteAsync());
        if (await Task.WhenAny(reading, writing).ConfigureAwait(false) == reading)
        {
            Outbox.Close(socket.Closed.Status is { } status ? new(status, socket.Closed.Text) : CloseReason.Leaving);    // the answer to its own close
            await Task.WhenAny(writing, Task.Delay(CloseWithin)).ConfigureAwait(false);
        }
        else
        {
            await Task.WhenAny(reading, Task.Delay(CloseWithin)).ConfigureAwait(false);    // it may answer our close
        }

        await ending.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        credit.Open();
        await watching.ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        return await reading.ConfigureAwait(false);
    }

    /// <summary>The loop has handled what was received.</summary>
    public void Handled(int bytes) => credit.Return(bytes);

    private async Task<string> ReadAsync(Action<List<ClientOp>, int> received)
    {
        var (ops, bytes) = (new List<ClientOp>(), 0);
        try
        {
            while (true)
            {
                var arrived = socket.Next(out var message);
                if (arrived is Arrival.Text or Arrival.Binary)
                {
                    bytes += message.Length;
                    decoder.Decode(message.ToArray(), ops);
                    if (ops.Count < ByATurn) continue;
                }

                if (bytes > 0)
                {
                    bytes += ops.Count * BytesAnOperation;
                    received(ops, bytes);
                    var taken = credit.TakeAsync(bytes);
                    (ops, bytes) = (new(), 0);
                    if (!taken.IsCompleted) await RestAsync(taken).ConfigureAwait(false);
                }

                if (arrived == Arrival.Close) return Outbox.Closing?.Text ?? "it closed the connection";
                if (socket.Skipping > 0)
                {
                    var reason = CloseReason.TooBig(options.MostInboundBytes);
                    received([new FatalOp($"the message is refused: {reason.Text}", reason)], 0);
                    await DrainAsync().ConfigureAwait(false);
                    return reason.Text;
                }

                if (arrived == Arrival.Nothing && !await socket.FillAsync().ConfigureAwait(false)) return Ended();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return Ended();
        }
    }

    private string Ended() =>
        Outbox.Closing?.Text ?? (silent ? $"nothing was heard of it for {options.PongWithin.TotalSeconds:0.#} s" : "the connection broke");

    // While nothing is read no answer to a ping is seen: our rest, not the client's silence.
    private async Task RestAsync(Task taken)
    {
        resting = true;
        await taken.ConfigureAwait(false);
        socket.Heard();
        resting = false;
    }

    // The silence is watched all the same where a ping waits behind a frame that cannot leave.
    private async Task WatchAsync(CancellationToken cancel)
    {
        var ping = Task.CompletedTask;
        try
        {
            while (Outbox.Closing is null)
            {
                await Task.Delay(options.PingEvery, cancel).ConfigureAwait(false);
                if (resting) continue;
                if (socket.Silence >= options.PongWithin)
                {
                    silent = true;
                    socket.Dispose();
                    return;
                }

                if (socket.Silence >= options.PingEvery && ping.IsCompleted) ping = PingAsync(cancel);
            }

            await Task.Delay(LeaveWithin, cancel).ConfigureAwait(false);
            socket.Dispose();    // it does not read its farewell
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }

        await ping.ConfigureAwait(false);
    }

    private async Task PingAsync(CancellationToken cancel)
    {
        try
        {
            await socket.PingAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reader knows why.
        }
    }

    // Closing with bytes unread would reset the connection, and the client might never see why it was let go.
    private async Task DrainAsync()
    {
        using var enough = new CancellationTokenSource(CloseWithin);
        while (true)
        {
            var arrived = socket.Next(out _);
            if (arrived == Arrival.Close || (arrived == Arrival.Nothing && !await socket.FillAsync(enough.Token).ConfigureAwait(false))) return;
        }
    }

    private async Task WriteAsync()
    {
        using var deadline = new Deadline(options.SendWithin);
        try
        {
            while (true)
            {
                await Outbox.WaitAsync().ConfigureAwait(false);
                deadline.Start();
                var sent = 0;
                while (Outbox.TryTake(out var message, out var warning))
                {
                    if (warning is not null) await SendAsync(new(Frames.Status(OpId.None, "warning", warning)), deadline.Token).ConfigureAwait(false);
                    await SendAsync(message, deadline.Token).ConfigureAwait(false);
                    if ((sent += message.Bytes.Length) < Piece) continue;
                    deadline.Start();
                    sent = 0;
                }

                await socket.FlushAsync(deadline.Token).ConfigureAwait(false);
                deadline.Stop();
                if (Outbox.Closing is not { } reason || Outbox.HasMore) continue;
                using var within = new CancellationTokenSource(CloseWithin);
                await socket.CloseAsync(reason.Status, reason.Text, within.Token).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Dispose();    // whereupon the reader ends as well
        }
    }

    private async ValueTask SendAsync(OutMessage message, CancellationToken cancel)
    {
        if (message.FragmentSize == 0 || message.IsBinary || message.Bytes.Length <= message.FragmentSize)
        {
            await socket.SendAsync(message.Bytes, message.IsBinary, cancel).ConfigureAwait(false);
            return;
        }

        foreach (var piece in FragmentCutter.Cut(message.Bytes, message.FragmentSize, $"fragment:{++fragmented}"))
            await socket.SendAsync(piece, isBinary: false, cancel).ConfigureAwait(false);
    }

    /// <summary>One clock for all sends, so that none makes its own.</summary>
    private sealed class Deadline(TimeSpan most) : IDisposable
    {
        private CancellationTokenSource source = new();

        public CancellationToken Token => source.Token;

        public void Start() => source.CancelAfter(most);

        public void Stop()
        {
            if (source.TryReset()) return;
            source.Dispose();
            source = new();
        }

        public void Dispose() => source.Dispose();
    }
}
