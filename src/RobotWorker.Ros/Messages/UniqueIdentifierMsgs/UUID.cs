using System.Runtime.InteropServices;

namespace RobotWorker.Ros.Messages.UniqueIdentifierMsgs;

/// <summary>An id of 16 bytes in the order in which it is written out (RFC 9562).</summary>
public sealed partial record UUID
{
    /// <summary>From a <see cref="Guid"/>.</summary>
    public static UUID From(Guid id) => new() { Uuid = ImmutableCollectionsMarshal.AsImmutableArray(id.ToByteArray(bigEndian: true)) };

    /// <summary>As a <see cref="Guid"/>.</summary>
    public Guid ToGuid() => new(Uuid.AsSpan(), bigEndian: true);
}
