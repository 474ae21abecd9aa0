using System.Collections.Immutable;
using System.IO.Hashing;
using ZstdSharp;

namespace RobotWorker.Recording.Mcap;

/// <summary>
/// Writes an MCAP file: chunks compressed with zstd, message indexes, chunk indexes, attachments, metadata, statistics and CRCs.
/// Everything happens in place on the caller's thread, and the bytes depend on the calls and the options alone: no clock, no machine, no version.
/// </summary>
/// <remarks>
/// A chunk reaches the stream in one write as soon as it is full, and the file is only ever appended to. So a file cut off anywhere
/// holds every chunk before the cut; <see cref="McapReader"/> reads it.
/// </remarks>
public sealed class McapWriter : IDisposable
{
    private readonly Stream stream;
    private readonly McapOptions options;
    private readonly ChunkBuilder chunk;
    private readonly RecordBuffer outgoing = new();
    private readonly Summary summary = new();
    private readonly List<uint> sequences = [0];
    private readonly Crc32 dataCrc = new();
    private readonly Compressor zstd;
    private byte[] compressed = [];
    private ulong position;
    private bool closed;

    /// <param name="stream">Written from its present position on; it belongs to the writer, which disposes it.</param>
    public McapWriter(Stream stream, McapOptions options)
    {
        this.stream = stream;
        this.options = options;
        chunk = new ChunkBuilder(options.ChunkBytes);
        zstd = new Compressor(options.CompressionLevel);
        outgoing.Raw(McapFormat.Magic);
        var mark = outgoing.Begin(Opcode.Header);
        outgoing.Text(options.Profile);
        outgoing.Text("RobotWorker");
        outgoing.End(mark);
        Flush();
    }

    /// <summary>Declares a type. Ids are given in the order of the calls, from 1.</summary>
    public ushort AddSchema(string name, string encoding, ReadOnlyMemory<byte> data)
    {
        CheckOpen();
        var schema = new McapSchema(checked((ushort)(summary.Schemas.Count + 1)), name, encoding, data);
        summary.Schemas.Add(schema);
        Summary.Write(chunk.Records, schema);
        return schema.Id;
    }

    /// <summary>Declares a stream of messages. Ids are given in the order of the calls, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schema was not declared.</exception>
    public ushort AddChannel(ushort schema, string topic, string messageEncoding, ImmutableSortedDictionary<string, string> metadata)
    {
        CheckOpen();
        ArgumentOutOfRangeException.ThrowIfZero(schema);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)schema, summary.Schemas.Count, nameof(schema));
        var channel = new McapChannel(checked((ushort)(summary.Channels.Count + 1)), schema, topic, messageEncoding, metadata);
        summary.Channels.Add(channel);
        sequences.Add(0);
        Summary.Write(chunk.Records, channel);
        return channel.Id;
    }

    /// <summary>Writes a message.</summary>
    /// <param name="logTime">Nanoseconds, not negative.</param>
    /// <param name="publishTime">Nanoseconds; null for the log time.</param>
    public void Write(ushort channel, long logTime, ReadOnlySpan<byte> data, long? publishTime = null)
    {
        CheckOpen();
        ArgumentOutOfRangeException.ThrowIfZero(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)channel, summary.Channels.Count, nameof(channel));
        ArgumentOutOfRangeException.ThrowIfNegative(logTime);
        if (SpansTooMuch(logTime)) EndChunk();
        chunk.Message(channel, sequences[channel]++, logTime, publishTime ?? logTime, data);
        summary.Count(channel, logTime);
        if (chunk.Records.Length >= options.ChunkBytes) EndChunk();
    }

    /// <summary>Puts a whole file into the file.</summary>
    public void Attach(McapAttachment attachment)
    {
        CheckOpen();
        var at = position;
        var mark = outgoing.Begin(Opcode.Attachment);
        outgoing.U64((ulong)attachment.LogTime);
        outgoing.U64((ulong)attachment.LogTime);
        outgoing.Text(attachment.Name);
        outgoing.Text(attachment.MediaType);
        outgoing.U64((ulong)attachment.Data.Length);
        outgoing.Raw(attachment.Data.Span);
        outgoing.U32(Crc32.HashToUInt32(outgoing.Written[mark..]));
        outgoing.End(mark);
        summary.Add(new AttachmentEntry(
            at, (ulong)outgoing.Length, attachment.LogTime, attachment.Data.Length, attachment.Name, attachment.MediaType));
        Flush();
    }

    /// <summary>Writes named texts about the recording.</summary>
    public void Describe(McapMetadata metadata)
    {
        CheckOpen();
        var at = position;
        var mark = outgoing.Begin(Opcode.Metadata);
        outgoing.Text(metadata.Name);
        outgoing.Map(metadata.Values);
        outgoing.End(mark);
        summary.Add(new MetadataEntry(at, (ulong)outgoing.Length, metadata.Name));
        Flush();
    }

    /// <summary>Ends the file: last chunk, summary, footer. Safe to call again.</summary>
    public void Close()
    {
        if (closed) return;
        closed = true;
        try
        {
            EndChunk();
            EndData();
            WriteSummary();
            stream.Flush();
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Lets go of a file that can no longer be written: it stays as if cut off here.</summary>
    public void Abandon()
    {
        if (closed) return;
        closed = true;
        Release();
    }

    public void Dispose() => Close();

    private void Release()
    {
        zstd.Dispose();
        stream.Dispose();
    }

    private bool SpansTooMuch(long logTime) =>
        options.ChunkSpan is { } span && chunk.HasMessages && logTime - chunk.Start >= (long)span.TotalNanoseconds;

    private void EndChunk()
    {
        if (chunk.IsEmpty) return;
        var records = chunk.Records.Written;
        var bound = Compressor.GetCompressBound(records.Length);
        if (compressed.Length < bound) compressed = new byte[bound];
        var size = zstd.Wrap(records, compressed);

        var at = position;
        var mark = outgoing.Begin(Opcode.Chunk);
        outgoing.U64((ulong)chunk.Start);
        outgoing.U64((ulong)chunk.End);
        outgoing.U64((ulong)records.Length);
        outgoing.U32(Crc32.HashToUInt32(records));
        outgoing.Text("zstd");
        outgoing.U64((ulong)size);
        outgoing.Raw(compressed.AsSpan(0, size));
        outgoing.End(mark);
        var length = outgoing.Length;
        var indexes = WriteMessageIndexes(at);
        summary.Add(new ChunkEntry(
            chunk.Start, chunk.End, at, (ulong)length, indexes, (ulong)(outgoing.Length - length), (ulong)size, (ulong)records.Length));
        Flush();
        chunk.Clear();
    }

    private ImmutableArray<(ushort Channel, ulong Offset)> WriteMessageIndexes(ulong chunkAt)
    {
        var indexes = ImmutableArray.CreateBuilder<(ushort, ulong)>();
        foreach (var (channel, entries) in chunk.Index)
        {
            indexes.Add((channel, chunkAt + (ulong)outgoing.Length));
            var mark = outgoing.Begin(Opcode.MessageIndex);
            outgoing.U16(channel);
            var array = outgoing.Reserve32();
            foreach (var (time, offset) in entries)
            {
                outgoing.U64((ulong)time);
                outgoing.U64((ulong)offset);
            }
            outgoing.Patch32(array);
            outgoing.End(mark);
        }
        return indexes.ToImmutable();
    }

    private void EndData()
    {
        var mark = outgoing.Begin(Opcode.DataEnd);
        outgoing.U32(dataCrc.GetCurrentHashAsUInt32());
        outgoing.End(mark);
        Flush();
    }

    private void WriteSummary()
    {
        var start = position;
        var offsets = summary.Write(outgoing, start);
        var mark = outgoing.Begin(Opcode.Footer);
        outgoing.U64(start);
        outgoing.U64(offsets);
        // The CRC covers the footer up to itself, its length included: 8 + 8 + 4 bytes.
        outgoing.U32(0);
        outgoing.End(mark);
        var crc = Crc32.HashToUInt32(outgoing.Written[..^4]);
        outgoing.Truncate(4);
        outgoing.U32(crc);
        outgoing.Raw(McapFormat.Magic);
        Flush();
    }

    private void Flush()
    {
        dataCrc.Append(outgoing.Written);
        stream.Write(outgoing.Written);
        position += (ulong)outgoing.Length;
        outgoing.Clear();
    }

    private void CheckOpen() => ObjectDisposedException.ThrowIf(closed, this);
}
