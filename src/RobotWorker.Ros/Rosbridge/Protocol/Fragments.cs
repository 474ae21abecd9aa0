using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>Puts ops together that came in pieces, which may be out of order and mixed with those of others; bounded in bytes.</summary>
/// <param name="mostBytes">Of all pieces that wait; past it the oldest beginning is forgotten.</param>
internal sealed class FragmentJoiner(int mostBytes)
{
    private const int MostPieces = 1_000_000;

    private readonly List<Whole> open = [];
    private long bytes;

    /// <summary>How many ops were begun and forgotten.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Takes a piece.</summary>
    /// <returns>The whole once all pieces are there, or null.</returns>
    /// <exception cref="RosCodecException">It is no piece.</exception>
    public byte[]? Take(in JsonOp op)
    {
        var id = EnvelopeText.Read(op.Id) ?? throw RosCodecException.At("id", 0, "a fragment has no id");
        var number = EnvelopeText.Floor(op.Num, "num");
        var total = EnvelopeText.Floor(op.Total, "total");
        if (total is < 1 or > MostPieces || number < 0 || number >= total) throw RosCodecException.At("num", 0, $"piece {number} of {total} is none");
        var piece = EnvelopeText.Read(op.Data) ?? "";
        var whole = open.Find(known => known.Id == id && known.Total == total);
        if (whole is null) open.Add(whole = new(id, total));
        if (!whole.Pieces.TryAdd(number, piece)) return null;
        bytes += piece.Length;
        whole.Bytes += piece.Length;
        if (whole.Pieces.Count == total)
        {
            Remove(whole);
            return Encoding.UTF8.GetBytes(string.Concat(whole.Pieces.OrderBy(part => part.Key).Select(part => part.Value)));
        }

        while (bytes > mostBytes && open.Count > 0)
        {
            Remove(open[0]);
            Forgotten++;
        }

        return null;
    }

    private void Remove(Whole whole)
    {
        open.Remove(whole);
        bytes -= whole.Bytes;
    }

    private sealed class Whole(string id, int total)
    {
        public string Id => id;

        public int Total => total;

        public Dictionary<int, string> Pieces { get; } = [];

        public long Bytes { get; set; }
    }
}

/// <summary>Cuts an op in pieces that each fit a frame.</summary>
internal static class FragmentSplitter
{
    /// <summary>The pieces of an op, as frames.</summary>
    /// <param name="op">The op.</param>
    /// <param name="size">The most bytes of the op that one piece carries; it is cut between characters.</param>
    /// <param name="id">What they have in common.</param>
    public static IReadOnlyList<OutFrame> Split(ReadOnlySpan<byte> op, int size, string id)
    {
        var cuts = new List<Range>();
        for (var start = 0; start < op.Length;)
        {
            var end = Math.Min(op.Length, start + size);
            while (end < op.Length && (op[end] & 0xC0) == 0x80) end--;    // within a character
            cuts.Add(start..end);
            start = end;
        }

        var frames = new List<OutFrame>(cuts.Count);
        var builder = new FrameBuilder();
        for (var i = 0; i < cuts.Count; i++)
        {
            builder.Append("{\"op\":\"fragment\",\"id\":"u8);
            EnvelopeText.Append(builder, id);
            builder.Append(Encoding.UTF8.GetBytes($",\"num\":{i},\"total\":{cuts.Count},\"data\":"));
            EnvelopeText.Append(builder, Encoding.UTF8.GetString(op[cuts[i]]));
            builder.Append("}"u8);
            frames.Add(builder.Take(FrameKind.Command));
        }

        return frames;
    }
}
