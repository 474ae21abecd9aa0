namespace RobotWorker.Ros.Codecs;

/// <summary>How many values an array field may hold. A fixed array carries no length on the wire.</summary>
/// <param name="Least">The least number of values.</param>
/// <param name="Most">The greatest number of values.</param>
public readonly record struct Bounds(int Least, int Most)
{
    /// <summary>Any number: <c>float64[]</c>.</summary>
    public static Bounds None => new(0, int.MaxValue);

    /// <summary>Whether the number is fixed, so that no length is written.</summary>
    public bool IsFixed => Least == Most;

    /// <summary>Just so many: <c>float64[36]</c>.</summary>
    public static Bounds Exactly(int count) => new(count, count);

    /// <summary>So many or fewer: <c>float64[&lt;=5]</c>.</summary>
    public static Bounds AtMost(int count) => new(0, count);

    /// <summary>Whether an array of this length fits.</summary>
    public bool Allow(int count) => count >= Least && count <= Most;

    /// <inheritdoc/>
    public override string ToString() => IsFixed ? $"exactly {Least}" : Most == int.MaxValue ? "any number" : $"at most {Most}";
}
