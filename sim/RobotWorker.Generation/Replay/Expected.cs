using System.Collections.Immutable;

namespace RobotWorker.Generation.Replay;

/// <summary>
/// What is to be expected of a number that was written before: that it goes on as it went, by its bit pattern taken as a whole number, so that it holds on every processor. What is beyond that is small, and packs well.
/// </summary>
internal sealed class Expected(int slots)
{
    private readonly (ulong Before, ulong Last)[] known = new (ulong, ulong)[slots];

    /// <summary>How far a number is from what was to be expected of it.</summary>
    public ulong Beyond(int slot, ulong bits)
    {
        var beyond = Folded(bits - Next(slot));
        Learn(slot, bits);
        return beyond;
    }

    /// <summary>The number that is so far from what was to be expected of it.</summary>
    public ulong From(int slot, ulong beyond)
    {
        var bits = Next(slot) + Unfolded(beyond);
        Learn(slot, bits);
        return bits;
    }

    /// <summary>How far each number of some rows is from the row before, row after row.</summary>
    public static ulong[] Of(ImmutableArray<ImmutableArray<ulong>> rows, int width)
    {
        var beyond = new ulong[rows.Length * width];
        for (var row = 0; row < rows.Length; row++)
            for (var i = 0; i < width; i++) beyond[(row * width) + i] = Folded(rows[row][i] - (row > 0 ? rows[row - 1][i] : 0));
        return beyond;
    }

    /// <summary>The rows.</summary>
    public static ImmutableArray<ImmutableArray<ulong>> Rows(ulong[] beyond, int width)
    {
        for (var i = 0; i < beyond.Length; i++) beyond[i] = Unfolded(beyond[i]) + (i >= width ? beyond[i - width] : 0);
        return [.. beyond.Chunk(width).Select(row => ImmutableArray.Create(row))];
    }

    private ulong Next(int slot) => unchecked((2 * known[slot].Last) - known[slot].Before);

    private void Learn(int slot, ulong bits) => known[slot] = (known[slot].Last, bits);

    // A little less is as small a number as a little more.
    private static ulong Folded(ulong difference) => (difference << 1) ^ (ulong)((long)difference >> 63);

    private static ulong Unfolded(ulong folded) => (folded >> 1) ^ (ulong)-(long)(folded & 1);
}
