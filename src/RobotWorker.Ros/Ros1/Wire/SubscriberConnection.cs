using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// The way to one subscriber of a topic. Messages wait in a queue until the loop's turn is over (<see cref="Flush"/>), and then go out together, on the
/// loop's own thread as long as the socket takes them at once: no other thread has to wake up. When it does not, and for large messages, a thread of the
/// pool takes over until the queue is empty.
/// </summary>
/// <remarks>
/// The queue is bounded: by the publisher's depth when it offers best effort, by <see cref="Ros1Options.QueueBytes"/> always. What is too much pushes
/// the oldest out and is counted; on a reliable topic it is a problem that is told. A subscriber that takes nothing at all for
/// <see cref="Ros1Options.PeerDeadline"/> is cut off, and what waited for it is counted and told in the same way.
/// </remarks>
internal sealed class SubscriberConnection(Socket socket, string node, byte[] header, SenderLimits limits, TimeProvider clock, Action<string> problem) : IDisposable
{
    /// <summary>Up to here messages are put together; above, copying costs more than a write of its own.</summary>
    private const int Small = 16 << 10;

    private const int Batch = 64 << 10;

    /// <summary>So much is written at once by the pool: a long message on a slow line is seen to move.</summary>
    private const int Piece = 256 << 10;

    private readonly Lock gate = new();
    private readonly Queue<Frame> queue = new();
    private byte[] batch = [];
    private ReadOnlyMemory<byte> outgoing = header;    // then of the batch or of `large`: what the socket has not taken yet
    private Frame? large;
    private int underWay;    // messages in it
    private long queuedBytes;
    private bool isHandedOver;
    private bool isTold;
    private bool isClosed;

    public string Node => node;

    public string Peer { get; } = socket.RemoteEndPoint?.ToString() ?? "?";

    public long Sent { get; private set; }

    public long SentBytes { get; private set; }

    public long Dropped { get; private set; }

    public long WaitingBytes => Volatile.Read(ref queuedBytes);

    public void Enqueue(Frame frame)
    {
        var dropped = 0L;
        lock (gate)
        {
            if (isClosed) return;
            frame.Hold();
            queue.Enqueue(frame);
            queuedBytes += frame.Length;
            while (queue.Count > 1 && (queue.Count > limits.Messages || queuedBytes > limits.Bytes))
            {
                Take().Release();
                dropped++;
            }

            Dropped += dropped;
            if (dropped == 0 || isTold || !limits.IsLossTold) dropped = 0;
            else isTold = true;
        }

        if (dropped > 0) problem($"{node} takes messages more slowly than they are published: more than {limits} wait for it, and the oldest are dropped");
        if (queuedBytes > 4 * Batch) Flush();
    }

    /// <summary>Sends what waits, without waiting for anything. Called on the loop's thread.</summary>
    public void Flush()
    {
        lock (gate)
        {
            while (!isHandedOver && Next())
            {
                if (outgoing.Length > Small && large is not null)
                {
                    HandOver();
                    return;
                }

                var sent = socket.Send(outgoing.Span, SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock || (error == SocketError.Success && sent < outgoing.Length))
                {
                    outgoing = outgoing[sent..];
                    HandOver();
                    return;
                }

                if (error != SocketError.Success)
                {
                    Leave(error);
                    return;
                }

                outgoing = default;
            }
        }
    }

    /// <summary>Lives until the subscriber goes away: after its header it has nothing to say.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        var nothing = new byte[64];
        while (await socket.ReceiveAsync(nothing, SocketFlags.None, cancel) > 0)
        {
        }
    }

    /// <summary>It is over: what waits is lost, and on a reliable topic that is told. Later reasons are not heard.</summary>
    /// <param name="why">What the subscriber did: "closed the connection".</param>
    /// <param name="isFault">Whether it is told even when nothing is lost.</param>
    public void Leave(string why, bool isFault = false)
    {
        long lost;
        lock (gate)
        {
            if (isClosed) return;
            lost = queue.Count + underWay;
            Dropped += lost;
            Dispose();
        }

        if (isFault || (lost > 0 && limits.IsLossTold))
            problem($"{node} at {Peer} {why}{(lost > 0 ? $", and {lost} message(s) that waited for it are lost" : "")}; what is published from now on reaches it when it subscribes again");
    }

    /// <summary>The same after a failure of the socket: that the other machine says nothing is always told.</summary>
    public void Leave(SocketError error)
    {
        var isSilent = error is SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable;
        Leave(isSilent ? $"gave no sign of life for {limits.Patience.TotalSeconds:0.###} s" : $"is gone ({error})", isSilent);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
            socket.Dispose();
            while (queue.Count > 0) Take().Release();
            if (!isHandedOver) LetGo();    // else the writer still holds it, and lets go when its write fails
        }
    }

    private void HandOver()
    {
        isHandedOver = true;
        _ = Task.Run(WriteAsync);
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                ReadOnlyMemory<byte> chunk;
                lock (gate)
                {
                    if (isClosed || !Next())
                    {
                        isHandedOver = false;
                        if (isClosed) LetGo();
                        return;
                    }

                    chunk = outgoing;
                }

                using var late = new CancellationTokenSource(limits.Patience, clock);
                var sent = await socket.SendAsync(chunk[..Math.Min(chunk.Length, Piece)], SocketFlags.None, late.Token);
                lock (gate) outgoing = chunk[sent..];
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            if (over is OperationCanceledException) Leave($"has taken nothing for {limits.Patience.TotalSeconds:0.###} s", isFault: true);
            else Leave((over as SocketException)?.SocketErrorCode ?? SocketError.OperationAborted);
            lock (gate)
            {
                isHandedOver = false;
                LetGo();
            }
        }
    }

    // Makes sure that something is outgoing. False when nothing waits.
    private bool Next()
    {
        if (outgoing.Length > 0) return true;
        LetGo();
        if (queue.Count == 0)
        {
            isTold = false;    // it has caught up; falling behind again is told again
            return false;
        }

        if (queue.Peek().Length > Small)
        {
            large = Take();
            outgoing = large.Bytes;
            underWay = 1;
            Count(large);
            return true;
        }

        if (batch.Length == 0) batch = new byte[Batch];
        var filled = 0;
        while (queue.Count > 0 && queue.Peek().Length <= Math.Min(Small, Batch - filled))
        {
            var frame = Take();
            frame.Bytes.CopyTo(batch.AsMemory(filled));
            filled += frame.Length;
            underWay++;
            Count(frame);
            frame.Release();
        }

        outgoing = batch.AsMemory(0, filled);
        return true;
    }

    private Frame Take()
    {
        var frame = queue.Dequeue();
        queuedBytes -= frame.Length;
        return frame;
    }

    private void Count(Frame frame)
    {
        Sent++;
        SentBytes += frame.Length;
    }

    private void LetGo()
    {
        large?.Release();
        large = null;
        underWay = 0;
        outgoing = default;
    }
}

/// <summary>How much may wait for one subscriber.</summary>
/// <param name="Messages">So many messages.</param>
/// <param name="Bytes">So many bytes; a single longer message still goes.</param>
/// <param name="IsLossTold">Whether dropping is told, beside being counted.</param>
/// <param name="Patience">How long it may take nothing of what waits.</param>
internal sealed record SenderLimits(int Messages, long Bytes, bool IsLossTold, TimeSpan Patience)
{
    public override string ToString() => Messages == int.MaxValue ? $"{Bytes} bytes" : $"{Messages} messages or {Bytes} bytes";
}
