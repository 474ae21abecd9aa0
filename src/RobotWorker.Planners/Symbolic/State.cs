namespace RobotWorker.Planners.Symbolic;

/// <summary>Which atoms hold, one bit each, by their number in the <see cref="GroundTask"/>. Never changed once it is shared.</summary>
internal readonly struct State(ulong[] bits) : IEquatable<State>
{
    private readonly ulong[] bits = bits;

    public static State Empty(int atoms) => new(new ulong[(atoms + 63) / 64]);

    public bool this[int atom] => (bits[atom >> 6] & (1UL << (atom & 63))) != 0;

    /// <summary>A copy of its own, with some atoms taken out and then some put in: what is added wins over what is deleted.</summary>
    public State With(IReadOnlyList<int> deletes, IReadOnlyList<int> adds)
    {
        var copy = (ulong[])bits.Clone();
        foreach (var atom in deletes) copy[atom >> 6] &= ~(1UL << (atom & 63));
        foreach (var atom in adds) copy[atom >> 6] |= 1UL << (atom & 63);
        return new(copy);
    }

    public bool Equals(State other) => bits.AsSpan().SequenceEqual(other.bits);

    public override bool Equals(object? obj) => obj is State other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var word in bits) hash = (hash ^ word ^ (word >> 29)) * 0x100000001B3;
        return (int)(hash ^ (hash >> 32));
    }
}
