using System.Text;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>
/// Puts messages together that a client sent in pieces, in whatever order the pieces come. Neither the pieces nor the number of messages begun grows without
/// bound: the oldest message begun is forgotten for a new one.
/// </summary>
internal sealed class FragmentAssembler(int mostBytes)
{
    private const int MostBegun = 8;
    private const int MostPieces = 100_000;

    private readonly List<Begun> begun = [];

    /// <summary>Takes in a piece.</summary>
    /// <returns>The whole message, when this was its last piece.</returns>
    /// <exception cref="OpException">The piece is wrong, or the message grows too large.</exception>
    public byte[]? Add(OpFields piece)
    {
        var id = piece.Id;
        if (id.Text is null) throw new OpException("needs 'id', a text or a number");
        var (number, total) = (piece.Count("num", -1), piece.Count("total"));    // 'total' may be 2.566: it is rounded down
        if (total is < 1 or > MostPieces) throw new OpException($"'total' must be 1 to {MostPieces}");
        if (number < 0 || number >= total) throw new OpException($"'num' must be 0 to {total - 1}");
        var data = Encoding.UTF8.GetBytes(piece.Text("data") ?? throw new OpException("needs 'data', a text"));

        var message = begun.Find(known => known.Id == id);
        if (message is null || message.Pieces.Length != total)
        {
            if (message is not null) begun.Remove(message);
            if (begun.Count == MostBegun) begun.RemoveAt(0);
            begun.Add(message = new(id, new byte[total][]));
        }

        message.Put(number, data);
        if (begun.Sum(known => known.Bytes) > mostBytes)
        {
            begun.Remove(message);
            throw new OpException($"the message {id.Text} is larger than the {mostBytes} bytes that are allowed; its pieces are dropped");
        }

        if (message.Missing > 0) return null;
        begun.Remove(message);
        return [.. message.Pieces.SelectMany(part => part!)];
    }

    private sealed class Begun(OpId id, byte[]?[] pieces)
    {
        public OpId Id => id;

        public byte[]?[] Pieces => pieces;

        public int Missing { get; private set; } = pieces.Length;

        public long Bytes { get; private set; } = 16L * pieces.Length;

        public void Put(int number, byte[] data)
        {
            if (pieces[number] is null) Missing--;
            Bytes += data.Length - (pieces[number]?.Length ?? 0);
            pieces[number] = data;
        }
    }
}
