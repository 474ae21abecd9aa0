using System.Collections.Immutable;

namespace RobotWorker.Recording.Mcap;

/// <summary>Where a chunk and its message indexes lie in the file.</summary>
/// <param name="Indexes">The file offset of each channel's message index.</param>
internal sealed record ChunkEntry(
    long Start, long End, ulong Offset, ulong Length, ImmutableArray<(ushort Channel, ulong Offset)> Indexes, ulong IndexLength,
    ulong CompressedSize, ulong UncompressedSize)
{
    public void Write(RecordBuffer buffer)
    {
        var mark = buffer.Begin(Opcode.ChunkIndex);
        buffer.U64((ulong)Start);
        buffer.U64((ulong)End);
        buffer.U64(Offset);
        buffer.U64(Length);
        var map = buffer.Reserve32();
        foreach (var (channel, offset) in Indexes)
        {
            buffer.U16(channel);
            buffer.U64(offset);
        }
        buffer.Patch32(map);
        buffer.U64(IndexLength);
        buffer.Text("zstd");
        buffer.U64(CompressedSize);
        buffer.U64(UncompressedSize);
        buffer.End(mark);
    }
}

/// <summary>Where an attachment lies in the file.</summary>
internal sealed record AttachmentEntry(ulong Offset, ulong Length, long LogTime, int DataSize, string Name, string MediaType)
{
    public void Write(RecordBuffer buffer)
    {
        var mark = buffer.Begin(Opcode.AttachmentIndex);
        buffer.U64(Offset);
        buffer.U64(Length);
        buffer.U64((ulong)LogTime);
        buffer.U64((ulong)LogTime);
        buffer.U64((ulong)DataSize);
        buffer.Text(Name);
        buffer.Text(MediaType);
        buffer.End(mark);
    }
}

/// <summary>Where a metadata record lies in the file.</summary>
internal sealed record MetadataEntry(ulong Offset, ulong Length, string Name)
{
    public void Write(RecordBuffer buffer)
    {
        var mark = buffer.Begin(Opcode.MetadataIndex);
        buffer.U64(Offset);
        buffer.U64(Length);
        buffer.Text(Name);
        buffer.End(mark);
    }
}
