using System.Security.Cryptography;
using System.Text;

namespace RobotWorker.Ros.Actions;

/// <summary>Goal ids on wires that carry them as text: ours are UUIDs, those of others are whatever they like.</summary>
internal static class TextGoalIds
{
    /// <summary>The id as a UUID; another text gets one that is always the same for it (RFC 9562, version 8).</summary>
    public static Guid Of(string text)
    {
        if (Guid.TryParseExact(text, "D", out var id)) return id;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
