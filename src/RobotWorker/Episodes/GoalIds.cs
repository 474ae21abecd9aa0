using System.Security.Cryptography;
using System.Text;

namespace RobotWorker.Episodes;

/// <summary>Ids of action goals: derived, never random, so that a restarted process knows its own goals.</summary>
public static class GoalIds
{
    /// <summary>The id of the <paramref name="n"/>-th goal (from 0) of an attempt: UUIDv5 of the episode's id and <c>path#attempt#n</c>.</summary>
    /// <param name="episode">The episode's id, a UUID as text.</param>
    /// <returns>On ROS 2 its 16 bytes in big-endian order, on ROS 1 its text.</returns>
    public static Guid Derive(string episode, string path, int attempt, int n) =>
        Derive(Guid.Parse(episode), Encoding.UTF8.GetBytes($"{path}#{attempt}#{n}"));

    /// <summary>UUID version 5: SHA-1 over namespace and name (RFC 9562, section 5.5).</summary>
    internal static Guid Derive(Guid space, ReadOnlySpan<byte> name)
    {
        Span<byte> bytes = stackalloc byte[20];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha.AppendData(bytes[..16]);
        sha.AppendData(name);
        sha.GetHashAndReset(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
