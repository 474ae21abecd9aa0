namespace RobotWorker.Ros.Wire;

/// <summary>
/// The socket under a WebSocket, with few system calls: reads fill a large buffer (a WebSocket reads its headers by a few bytes), and what is
/// written between <see cref="Cork"/> and <see cref="UncorkAsync"/> leaves in one piece. It remembers when it last heard the other side.
/// </summary>
internal sealed class BatchedStream(Stream inner, TimeProvider time) : Stream
{
    private const int BufferSize = 64 * 1024;

    // A WebSocket's own thread sends pings while ours sends frames.
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly byte[] incoming = new byte[BufferSize];
    private readonly byte[] outgoing = new byte[BufferSize];
    private long heardAt = time.GetTimestamp();
    private int read;
    private int filled;
    private int corkedBytes;
    private volatile bool corked;

    /// <summary>How long ago the other side was last heard.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref heardAt));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Counts the silence from now: the reader rested by its own will.</summary>
    public void Heard() => Interlocked.Exchange(ref heardAt, time.GetTimestamp());

    /// <summary>What is written from now waits.</summary>
    public void Cork() => corked = true;

    /// <summary>What waited leaves.</summary>
    public async ValueTask UncorkAsync(CancellationToken cancel)
    {
        await writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            corked = false;
            await EmptyAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) return 0;
        if (read == filled)
        {
            if (buffer.Length >= BufferSize)
            {
                var direct = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                Heard();
                return direct;
            }

            read = 0;
            filled = await inner.ReadAsync(incoming, cancellationToken).ConfigureAwait(false);
            Heard();
        }

        var count = Math.Min(buffer.Length, filled - read);
        incoming.AsSpan(read, count).CopyTo(buffer.Span);
        read += count;
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (corkedBytes + buffer.Length > BufferSize) await EmptyAsync(cancellationToken).ConfigureAwait(false);
            if (corked && buffer.Length <= BufferSize)
            {
                buffer.Span.CopyTo(outgoing.AsSpan(corkedBytes));
                corkedBytes += buffer.Length;
            }
            else
            {
                await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("write asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask EmptyAsync(CancellationToken cancel)
    {
        if (corkedBytes == 0) return;
        var count = corkedBytes;
        corkedBytes = 0;
        await inner.WriteAsync(outgoing.AsMemory(0, count), cancel).ConfigureAwait(false);
    }
}
