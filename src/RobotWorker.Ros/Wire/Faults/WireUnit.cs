namespace RobotWorker.Ros.Wire.Faults;

/// <summary>A piece of a stream that passes as a whole.</summary>
/// <param name="Bytes">All of it, framing included.</param>
/// <param name="Name">The topic, service or action of a message; null for what sets the connection up or keeps it alive.</param>
/// <param name="Payload">Which bytes may be corrupted without the framing being lost.</param>
internal readonly record struct WireUnit(byte[] Bytes, string? Name, Range Payload)
{
    /// <summary>Its payload is text, and stays UTF-8 when it is corrupted: else the connection itself would be closed for it (RFC 6455, 8.1), which is another fault.</summary>
    public bool IsText { get; init; }

    /// <summary>Bytes in which no message is known.</summary>
    public static WireUnit Plain(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), null, ..0);
}

/// <summary>Cuts one direction of a connection into units. Bytes whose unit is not whole are kept.</summary>
internal interface IUnitCutter
{
    /// <summary>Takes what was received and tells the units that are whole by now.</summary>
    IEnumerable<WireUnit> Take(ReadOnlyMemory<byte> received);
}

/// <summary>A connection whose messages are not known: what is received together passes together.</summary>
internal sealed class PlainUnits : IUnitCutter
{
    public IEnumerable<WireUnit> Take(ReadOnlyMemory<byte> received) => [WireUnit.Plain(received.Span)];
}

/// <summary>Both directions of one connection.</summary>
internal sealed record WireCutters(IUnitCutter ToRobot, IUnitCutter FromRobot)
{
    /// <summary>Of HTTP, or of anything else.</summary>
    public static WireCutters Plain() => new(new PlainUnits(), new PlainUnits());
}
