using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;

namespace RobotWorker.Ros.Wire;

/// <summary>
/// A WebSocket on a stream whose handshake is done, with few system calls: a read brings many messages, and what was sent leaves by
/// <see cref="FlushAsync"/> in one piece. It answers pings, and remembers when it last heard the other side. One reader, one writer; pings and closing from any thread.
/// </summary>
internal sealed class FrameSocket(Stream stream, bool isServer, int mostBytes, TimeProvider time) : IDisposable
{
    private readonly IncomingFrames incoming = new(stream, isServer, mostBytes);
    private readonly OutgoingFrames outgoing = new(stream, isServer);
    private readonly CancellationTokenSource over = new();
    private long heardAt = time.GetTimestamp();
    private Task pong = Task.CompletedTask;
    private volatile byte[] pingedWith = [];
    private int isClosing;

    /// <summary>How long ago the other side was last heard.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref heardAt));

    /// <summary>How much of a message that is too long was announced so far; 0 when none is being skipped.</summary>
    public long Skipping => incoming.Skipping;

    /// <summary>Why the other side closed it, when it did.</summary>
    public (WebSocketCloseStatus? Status, string Text) Closed { get; private set; } = (null, "");

    /// <summary>Counts the silence from now: the reader rested by its own will.</summary>
    public void Heard() => Interlocked.Exchange(ref heardAt, time.GetTimestamp());

    /// <summary>Takes the next message that was read, or the other side's farewell. The bytes are gone with the next call of <see cref="FillAsync"/>.</summary>
    /// <exception cref="WebSocketException">The other side does not keep to the protocol; it is told so.</exception>
    public Arrival Next(out ReadOnlySpan<byte> message)
    {
        try
        {
            while (true)
            {
                var arrived = incoming.Next(out message);
                if (arrived == Arrival.Ping) Answer(message);
                else if (arrived == Arrival.Close) Closed = Reason(message);
                if (arrived is not (Arrival.Ping or Arrival.Pong)) return arrived;
            }
        }
        catch (WebSocketException broken)
        {
            _ = CloseAsync(IncomingFrames.StatusOf(broken), "", over.Token).ContinueWith(static told => told.Exception, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Reads more. False at the stream's end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel = default)
    {
        var more = await incoming.FillAsync(cancel).ConfigureAwait(false);
        Heard();
        return more;
    }

    /// <inheritdoc cref="OutgoingFrames.SendAsync"/>
    public ValueTask SendAsync(Memory<byte> message, bool isBinary, CancellationToken cancel = default) => outgoing.SendAsync(message, isBinary, cancel);

    /// <inheritdoc cref="OutgoingFrames.FlushAsync"/>
    public ValueTask FlushAsync(CancellationToken cancel = default) => outgoing.FlushAsync(cancel);

    /// <summary>Asks the other side for a sign of life; not after the farewell.</summary>
    public Task PingAsync(CancellationToken cancel) => Volatile.Read(ref isClosing) != 0 ? Task.CompletedTask : outgoing.ControlAsync(9, static () => [], cancel);

    /// <summary>Says farewell, once: a second one is not sent (RFC 6455, 5.5.1). Nothing may be sent afterwards.</summary>
    public Task CloseAsync(WebSocketCloseStatus status, string text, CancellationToken cancel) => Interlocked.Exchange(ref isClosing, 1) != 0 ? Task.CompletedTask : outgoing.ControlAsync(
        8,
        () =>
        {
            var payload = new byte[2 + Encoding.UTF8.GetByteCount(text)];
            BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
            Encoding.UTF8.GetBytes(text, payload.AsSpan(2));
            return payload;
        },
        cancel);

    /// <summary>Ends it now; whoever reads or writes fails.</summary>
    public void Dispose()
    {
        over.Cancel();
        stream.Dispose();
    }

    // Where one answer is still on its way, it will answer the latest ping: that is enough (RFC 6455, 5.5.3).
    private void Answer(ReadOnlySpan<byte> content)
    {
        pingedWith = content.ToArray();
        if (pong.IsCompleted) pong = PongAsync();
    }

    private async Task PongAsync()
    {
        try
        {
            await outgoing.ControlAsync(10, () => pingedWith, over.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reader knows why.
        }
    }

    // What a side may say (RFC 6455, 7.4): anything else breaks the protocol, and is answered with that.
    private static (WebSocketCloseStatus? Status, string Text) Reason(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return (WebSocketCloseStatus.NormalClosure, "");
        if (content.Length < 2) return (WebSocketCloseStatus.ProtocolError, "");
        if (!Utf8.IsValid(content[2..])) return (WebSocketCloseStatus.InvalidPayloadData, "");
        var status = BinaryPrimitives.ReadUInt16BigEndian(content);
        return status is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)
            ? ((WebSocketCloseStatus)status, Encoding.UTF8.GetString(content[2..]))
            : (WebSocketCloseStatus.ProtocolError, "");
    }
}
