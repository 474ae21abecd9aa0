namespace RobotWorker.Recording.Mcap;

/// <summary>What the end of a file repeats, so that a reader need not scan it: schemas, channels, statistics and indexes.</summary>
internal sealed class Summary
{
    private readonly List<ChunkEntry> chunks = [];
    private readonly List<AttachmentEntry> attachments = [];
    private readonly List<MetadataEntry> metadata = [];
    private readonly SortedDictionary<ushort, ulong> counts = [];
    private long? start;
    private long end;

    public List<McapSchema> Schemas { get; } = [];

    public List<McapChannel> Channels { get; } = [];

    public void Count(ushort channel, long logTime)
    {
        counts[channel] = counts.GetValueOrDefault(channel) + 1;
        start = Math.Min(start ?? logTime, logTime);
        end = Math.Max(end, logTime);
    }

    public void Add(ChunkEntry chunk) => chunks.Add(chunk);

    public void Add(AttachmentEntry attachment) => attachments.Add(attachment);

    public void Add(MetadataEntry entry) => metadata.Add(entry);

    /// <summary>Writes the groups, each with its opcode, and then the offsets of the groups.</summary>
    /// <param name="buffer">An empty buffer that will begin at <paramref name="position"/> of the file.</param>
    /// <returns>Where the summary offsets begin.</returns>
    public ulong Write(RecordBuffer buffer, ulong position)
    {
        var groups = new List<(Opcode Opcode, int Start, int Length)>();
        Group(Opcode.Schema, () => Schemas.ForEach(schema => Write(buffer, schema)));
        Group(Opcode.Channel, () => Channels.ForEach(channel => Write(buffer, channel)));
        Group(Opcode.Statistics, () => WriteStatistics(buffer));
        Group(Opcode.ChunkIndex, () => chunks.ForEach(chunk => chunk.Write(buffer)));
        Group(Opcode.AttachmentIndex, () => attachments.ForEach(attachment => attachment.Write(buffer)));
        Group(Opcode.MetadataIndex, () => metadata.ForEach(entry => entry.Write(buffer)));

        var offsets = position + (ulong)buffer.Length;
        foreach (var group in groups)
        {
            var mark = buffer.Begin(Opcode.SummaryOffset);
            buffer.U8((byte)group.Opcode);
            buffer.U64(position + (ulong)group.Start);
            buffer.U64((ulong)group.Length);
            buffer.End(mark);
        }
        return offsets;

        void Group(Opcode opcode, Action write)
        {
            var begin = buffer.Length;
            write();
            if (buffer.Length > begin) groups.Add((opcode, begin, buffer.Length - begin));
        }
    }

    public static void Write(RecordBuffer buffer, McapSchema schema)
    {
        var mark = buffer.Begin(Opcode.Schema);
        buffer.U16(schema.Id);
        buffer.Text(schema.Name);
        buffer.Text(schema.Encoding);
        buffer.U32((uint)schema.Data.Length);
        buffer.Raw(schema.Data.Span);
        buffer.End(mark);
    }

    public static void Write(RecordBuffer buffer, McapChannel channel)
    {
        var mark = buffer.Begin(Opcode.Channel);
        buffer.U16(channel.Id);
        buffer.U16(channel.Schema);
        buffer.Text(channel.Topic);
        buffer.Text(channel.MessageEncoding);
        buffer.Map(channel.Metadata);
        buffer.End(mark);
    }

    private void WriteStatistics(RecordBuffer buffer)
    {
        var mark = buffer.Begin(Opcode.Statistics);
        buffer.U64(counts.Values.Aggregate(0UL, (sum, count) => sum + count));
        buffer.U16((ushort)Schemas.Count);
        buffer.U32((uint)Channels.Count);
        buffer.U32((uint)attachments.Count);
        buffer.U32((uint)metadata.Count);
        buffer.U32((uint)chunks.Count);
        buffer.U64((ulong)(start ?? 0));
        buffer.U64((ulong)end);
        var map = buffer.Reserve32();
        foreach (var (channel, count) in counts)
        {
            buffer.U16(channel);
            buffer.U64(count);
        }
        buffer.Patch32(map);
        buffer.End(mark);
    }
}
