namespace RobotWorker.Tests.Ros.Fuzz;

/// <summary>A peer that has sent these bytes and closed: they come in pieces of any size, at once. What is written to it is kept.</summary>
internal sealed class DrippingStream(ReadOnlyMemory<byte> bytes, Random sizes) : Stream
{
    private readonly MemoryStream written = new();
    private int at;

    public ReadOnlySpan<byte> Written => written.GetBuffer().AsSpan(0, (int)written.Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        // Mostly small pieces, so that a boundary falls anywhere; sometimes all that fits.
        var most = sizes.Next(4) == 0 ? int.MaxValue : 1 + sizes.Next(64);
        var count = Math.Min(Math.Min(buffer.Length, most), bytes.Length - at);
        bytes.Span.Slice(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => written.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        written.Write(buffer.Span);
        return default;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
