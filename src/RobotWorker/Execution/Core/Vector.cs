using System.Collections;

namespace RobotWorker.Execution.Core;

/// <summary>
/// A list that never changes: a new version shares all but one path of 32-wide nodes with the old, so setting or adding costs a handful of
/// small copies at any length (Bagwell 2001, Ideal Hash Trees; Hickey's persistent vector).
/// </summary>
public sealed class Vector<T> : IReadOnlyList<T>
{
    private const int Bits = 5;
    private const int Width = 1 << Bits;
    private const int Mask = Width - 1;

    public static readonly Vector<T> Empty = new(0, 0, Array.Empty<T>());

    private readonly int shift;
    private readonly Array root;

    private Vector(int count, int shift, Array root)
    {
        Count = count;
        this.shift = shift;
        this.root = root;
    }

    public int Count { get; }

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var node = root;
            for (var level = shift; level > 0; level -= Bits) node = ((Array[])node)[(index >> level) & Mask];
            return ((T[])node)[index & Mask];
        }
    }

    public Vector<T> Set(int index, T value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return new(Count, shift, With(root, shift, index, value));
    }

    public Vector<T> Add(T value)
    {
        var full = Count == 1 << (shift + Bits);
        return full
            ? new(Count + 1, shift + Bits, With(new[] { root }, shift + Bits, Count, value))
            : new(Count + 1, shift, With(root, shift, Count, value));
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Array With(Array node, int level, int index, T value)
    {
        var at = (index >> level) & Mask;
        if (level == 0) return Put((T[])node, at, value);
        var inner = (Array[])node;
        var child = at < inner.Length ? inner[at] : level == Bits ? Array.Empty<T>() : Array.Empty<Array>();
        return Put(inner, at, With(child, level - Bits, index, value));
    }

    // Nodes are as long as they are filled: a young vector costs what it holds.
    private static TItem[] Put<TItem>(TItem[] old, int at, TItem value)
    {
        var copy = new TItem[Math.Max(old.Length, at + 1)];
        old.CopyTo(copy, 0);
        copy[at] = value;
        return copy;
    }
}
