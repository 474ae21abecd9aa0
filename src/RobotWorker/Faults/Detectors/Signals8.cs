using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RobotWorker.Faults.Detectors;

/// <summary>One number of each of up to eight signals, held in place: a state with an array would be one that two could share and change.</summary>
[InlineArray(Most)]
public struct Signals8 : IEquatable<Signals8>
{
    public const int Most = 8;

    private double first;

    public readonly bool Equals(Signals8 other) => InPlace.Equal(MemoryMarshal.CreateReadOnlySpan(in first, Most), MemoryMarshal.CreateReadOnlySpan(in other.first, Most));

    public override readonly bool Equals(object? obj) => obj is Signals8 other && Equals(other);

    public override readonly int GetHashCode() => InPlace.Hash(MemoryMarshal.CreateReadOnlySpan(in first, Most));

    public static bool operator ==(in Signals8 a, in Signals8 b) => a.Equals(b);

    public static bool operator !=(in Signals8 a, in Signals8 b) => !a.Equals(b);
}

/// <summary>A symmetric matrix over up to eight signals: the lower triangle, row by row.</summary>
[InlineArray(Most)]
public struct Symmetric8 : IEquatable<Symmetric8>
{
    public const int Most = Signals8.Most * (Signals8.Most + 1) / 2;

    private double first;

    /// <summary>Where an element lies; <paramref name="column"/> is no greater than <paramref name="row"/>.</summary>
    public static int At(int row, int column) => (row * (row + 1) / 2) + column;

    public readonly bool Equals(Symmetric8 other) => InPlace.Equal(MemoryMarshal.CreateReadOnlySpan(in first, Most), MemoryMarshal.CreateReadOnlySpan(in other.first, Most));

    public override readonly bool Equals(object? obj) => obj is Symmetric8 other && Equals(other);

    public override readonly int GetHashCode() => InPlace.Hash(MemoryMarshal.CreateReadOnlySpan(in first, Most));

    public static bool operator ==(in Symmetric8 a, in Symmetric8 b) => a.Equals(b);

    public static bool operator !=(in Symmetric8 a, in Symmetric8 b) => !a.Equals(b);
}

/// <summary>The latest of up to 32 numbers, as a ring.</summary>
[InlineArray(Most)]
public struct Window32 : IEquatable<Window32>
{
    public const int Most = 32;

    private double first;

    public readonly bool Equals(Window32 other) => InPlace.Equal(MemoryMarshal.CreateReadOnlySpan(in first, Most), MemoryMarshal.CreateReadOnlySpan(in other.first, Most));

    public override readonly bool Equals(object? obj) => obj is Window32 other && Equals(other);

    public override readonly int GetHashCode() => InPlace.Hash(MemoryMarshal.CreateReadOnlySpan(in first, Most));

    public static bool operator ==(in Window32 a, in Window32 b) => a.Equals(b);

    public static bool operator !=(in Window32 a, in Window32 b) => !a.Equals(b);
}

/// <summary>Numbers that are held in place are compared bit for bit, which the built-in comparison of inline arrays refuses to do.</summary>
internal static class InPlace
{
    public static bool Equal(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    public static int Hash(ReadOnlySpan<double> values)
    {
        var hash = new HashCode();
        foreach (var value in values) hash.Add(value);
        return hash.ToHashCode();
    }
}
