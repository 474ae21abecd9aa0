using System.Buffers;
using System.Net.WebSockets;
using RobotWorker.Ros.Rosbridge.Server.Ops;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>
/// One client's WebSocket: reads frames, decodes them into operations and posts these to the loop; sends what its outbox holds. It ends by the client's leaving,
/// by the outbox's closing, or by silence.
/// </summary>
internal sealed class ClientSocket(BatchedStream wire, string peer, RosbridgeServerOptions options)
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    // How long what waits may take to leave, once a client is to go.
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(5);

    // RFC 6455, 5.2: the last frame of its message, operation 9, neither mask nor content
    private static readonly byte[] Ping = [0x89, 0x00];

    private readonly InboundCredit credit = new(options.MostInboundBytes);
    private readonly OpDecoder decoder = new(options.MostInboundBytes);
    private int fragmented;
    private volatile bool resting;
    private volatile bool silent;

    /// <summary>Where it comes from: <c>127.0.0.1:43210</c>.</summary>
    public string Peer => peer;

    public Outbox Outbox { get; } = new(options.MostOutboundBytes);

    /// <summary>How long nothing has come, pings' answers included.</summary>
    public TimeSpan SilentFor => wire.Silence;

    /// <summary>Serves the client to its end.</summary>
    /// <param name="received">Takes operations in, with the number of bytes to <see cref="Handled">give back</see>; called on this socket's thread.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(Action<List<ClientOp>, int> received)
    {
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        using var ending = new CancellationTokenSource();
        var watching = WatchAsync(socket, ending.Token);
        var (reading, writing) = (ReadAsync(socket, received), WriteAsync(socket));
        if (await Task.WhenAny(reading, writing).ConfigureAwait(false) == reading)
        {
            Outbox.Close(CloseReason.Leaving);    // the answer to its own close
            await Task.WhenAny(writing, Task.Delay(CloseWithin)).ConfigureAwait(false);
        }
        else
        {
            await Task.WhenAny(reading, Task.Delay(CloseWithin)).ConfigureAwait(false);    // it may answer our close
        }

        await ending.CancelAsync().ConfigureAwait(false);
        socket.Abort();
        credit.Open();
        await watching.ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        return await reading.ConfigureAwait(false);
    }

    /// <summary>The loop has handled what was received.</summary>
    public void Handled(int bytes) => credit.Return(bytes);

    private async Task<string> ReadAsync(WebSocket socket, Action<List<ClientOp>, int> received)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.GetMemory(4096), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) return Outbox.Closing?.Text ?? "it closed the connection";
                buffer.Advance(part.Count);
                if (buffer.WrittenCount > options.MostInboundBytes)
                {
                    var reason = CloseReason.TooBig(options.MostInboundBytes);
                    received([new FatalOp($"the message is refused: {reason.Text}", reason)], 0);
                    await DrainAsync(socket, buffer).ConfigureAwait(false);
                    return reason.Text;
                }

                if (!part.EndOfMessage) continue;
                var (ops, bytes) = (new List<ClientOp>(1), buffer.WrittenCount);
                decoder.Decode(buffer.WrittenSpan.ToArray(), ops);
                buffer.ResetWrittenCount();
                if (buffer.Capacity > 1 << 20) buffer = new(4096);    // one large message must not cost memory for ever
                received(ops, bytes);
                if (credit.TakeAsync(bytes) is { IsCompleted: false } rest)
                {
                    resting = true;    // while nothing is read no answer to a ping is seen: our rest, not the client's silence
                    await rest.ConfigureAwait(false);
                    wire.Heard();
                    resting = false;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return Outbox.Closing?.Text ?? (silent ? $"nothing was heard of it for {options.PongWithin.TotalSeconds:0.#} s" : "the connection broke");
        }
    }

    // The framework's own keep-alive knows whole seconds at best, and a robot must know sooner that nobody is there. A frame is one write on the stream below,
    // so that a ping never falls into another frame's middle; behind a frame that cannot leave it waits, and the silence is watched all the same.
    private async Task WatchAsync(WebSocket socket, CancellationToken cancel)
    {
        var ping = Task.CompletedTask;
        try
        {
            while (Outbox.Closing is null)
            {
                await Task.Delay(options.PingEvery, cancel).ConfigureAwait(false);
                if (resting) continue;
                if (wire.Silence >= options.PongWithin)
                {
                    silent = true;
                    socket.Abort();
                    return;
                }

                if (wire.Silence >= options.PingEvery && ping.IsCompleted) ping = PingAsync(cancel);
            }

            await Task.Delay(LeaveWithin, cancel).ConfigureAwait(false);
            socket.Abort();    // it does not read its farewell
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
            await wire.WriteAsync(Ping, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reader knows why.
        }
    }

    // Closing with bytes unread would reset the connection, and the client might never see why it was let go.
    private static async Task DrainAsync(WebSocket socket, ArrayBufferWriter<byte> buffer)
    {
        using var enough = new CancellationTokenSource(CloseWithin);
        while (true)
        {
            buffer.ResetWrittenCount();
            var part = await socket.ReceiveAsync(buffer.GetMemory(4096), enough.Token).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return;
        }
    }

    private async Task WriteAsync(WebSocket socket)
    {
        using var deadline = new Deadline(options.SendWithin);
        try
        {
            while (true)
            {
                await Outbox.WaitAsync().ConfigureAwait(false);
                deadline.Start();
                wire.Cork();
                while (Outbox.TryTake(out var message, out var warning))
                {
                    if (warning is not null) await SendAsync(socket, new(Frames.Status(OpId.None, "warning", warning)), deadline.Token).ConfigureAwait(false);
                    await SendAsync(socket, message, deadline.Token).ConfigureAwait(false);
                    deadline.Start();
                }

                await wire.UncorkAsync(deadline.Token).ConfigureAwait(false);
                deadline.Stop();
                if (Outbox.Closing is not { } reason || Outbox.HasMore) continue;
                using var within = new CancellationTokenSource(CloseWithin);
                await socket.CloseOutputAsync(reason.Status, reason.Text, within.Token).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Abort();    // whereupon the reader ends as well
        }
    }

    private async ValueTask SendAsync(WebSocket socket, OutMessage message, CancellationToken cancel)
    {
        if (message.FragmentSize == 0 || message.IsBinary || message.Bytes.Length <= message.FragmentSize)
        {
            var kind = message.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            await socket.SendAsync(message.Bytes, kind, endOfMessage: true, cancel).ConfigureAwait(false);
            return;
        }

        foreach (var piece in FragmentCutter.Cut(message.Bytes, message.FragmentSize, $"fragment:{++fragmented}"))
            await socket.SendAsync(piece, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
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
