namespace RobotWorker.Recording.Mcap;

/// <summary>The chunk that is being filled: its records, uncompressed, and where each message lies in them.</summary>
internal sealed class ChunkBuilder(int chunkBytes)
{
    private readonly SortedDictionary<ushort, List<(long Time, int Offset)>> index = [];

    public RecordBuffer Records { get; } = new(chunkBytes + 4096);

    public bool IsEmpty => Records.Length == 0;

    public bool HasMessages { get; private set; }

    /// <summary>The smallest log time in it, nanoseconds; 0 without messages, as the format wants.</summary>
    public long Start { get; private set; }

    /// <summary>The greatest log time in it, nanoseconds.</summary>
    public long End { get; private set; }

    /// <summary>Where each channel's messages lie, by channel id; channels without messages in this chunk have an empty list.</summary>
    public IEnumerable<KeyValuePair<ushort, List<(long Time, int Offset)>>> Index => index.Where(entry => entry.Value.Count > 0);

    public void Message(ushort channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data)
    {
        if (!index.TryGetValue(channel, out var entries)) index.Add(channel, entries = []);
        entries.Add((logTime, Records.Length));
        Start = HasMessages ? Math.Min(Start, logTime) : logTime;
        End = HasMessages ? Math.Max(End, logTime) : logTime;
        HasMessages = true;

        var mark = Records.Begin(Opcode.Message);
        Records.U16(channel);
        Records.U32(sequence);
        Records.U64((ulong)logTime);
        Records.U64((ulong)publishTime);
        Records.Raw(data);
        Records.End(mark);
    }

    public void Clear()
    {
        Records.Clear();
        foreach (var entries in index.Values) entries.Clear();
        HasMessages = false;
        (Start, End) = (0, 0);
    }
}
