using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RobotWorker.Ros.Wire;

/// <summary>
/// The masks of a client's frames (RFC 6455, 5.3): four bytes that nobody can foresee, so that no script can make a proxy in between see a request of its
/// own making. Random numbers are drawn for many frames at once: one by one they cost more than a small frame.
/// </summary>
internal sealed class FrameMask
{
    private readonly byte[] drawn = new byte[4096];
    private int at = 4096;

    /// <summary>A mask for the next frame.</summary>
    public uint Next()
    {
        if (at == drawn.Length)
        {
            RandomNumberGenerator.Fill(drawn);
            at = 0;
        }

        var mask = MemoryMarshal.Read<uint>(drawn.AsSpan(at));
        at += sizeof(uint);
        return mask;
    }

    /// <summary>A single mask, for any thread.</summary>
    public static uint One()
    {
        Span<byte> four = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(four);
        return MemoryMarshal.Read<uint>(four);
    }

    /// <summary>Masks bytes, or takes their mask away.</summary>
    public static void Apply(Span<byte> bytes, uint mask) => Copy(bytes, bytes, mask);

    /// <summary>Copies bytes and masks them on the way; both may be the same.</summary>
    public static void Copy(ReadOnlySpan<byte> from, Span<byte> to, uint mask)
    {
        var wide = MemoryMarshal.Cast<byte, ulong>(from);
        var target = MemoryMarshal.Cast<byte, ulong>(to[..from.Length]);
        var twice = mask | ((ulong)mask << 32);
        for (var i = 0; i < wide.Length; i++) target[i] = wide[i] ^ twice;
        Span<byte> four = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(four, mask);
        for (var i = wide.Length * sizeof(ulong); i < from.Length; i++) to[i] = (byte)(from[i] ^ four[i & 3]);
    }
}
