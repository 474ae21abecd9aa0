using System.Text;

namespace RobotWorker.Chance;

/// <summary>
/// A counter-based random stream: draw <c>n</c> depends on the key and <c>n</c> alone, so adding workers, resuming or
/// drawing from another stream changes nothing. SplitMix64 finaliser over key and counter (Steele, Lea, Flood: Fast
/// Splittable Pseudorandom Number Generators, OOPSLA 2014).
/// </summary>
public sealed class RandomStream
{
    private readonly ulong key;
    private ulong counter;

    private RandomStream(ulong key) => this.key = key;

    /// <summary>The stream of one axis (such as <c>detector/noise</c>) of one episode of one run.</summary>
    public static RandomStream For(ulong seed, string episode, string axis) => new(Mix(Hash(axis, Hash(episode, Mix(seed + Golden)))));

    /// <summary>Uniform on 64 bits.</summary>
    public ulong NextBits() => Mix(key + (Golden * ++counter));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform in 0 .. count-1.</summary>
    public int NextInt(int count) => (int)(NextDouble() * count);

    /// <summary>Normal with mean zero (Box and Muller 1958, two draws a value so that the counter stays plain).</summary>
    public double Normal(double standardDeviation)
    {
        var u = 1 - NextDouble();
        var v = NextDouble();
        return standardDeviation * Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(string text, ulong start)
    {
        var hash = start ^ 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 0x100000001B3;
        return hash;
    }
}
