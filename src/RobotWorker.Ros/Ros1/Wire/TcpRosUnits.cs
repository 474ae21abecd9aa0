using System.Buffers.Binary;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// Cuts one direction of a TCPROS connection into messages: after the header each has four bytes of length before it, and a service's answer one more, which says how it went.
/// </summary>
internal sealed class TcpRosUnits : IUnitCutter
{
    private const int LengthBytes = sizeof(uint);

    private readonly UnitBuffer buffer = new();
    private readonly Talk talk;
    private readonly bool isServers;
    private bool isOpen;
    private bool isPlain;

    private TcpRosUnits(Talk talk, bool isServers) => (this.talk, this.isServers) = (talk, isServers);

    /// <summary>Both directions of a connection.</summary>
    /// <param name="isServer">Whether the one who holds the wire was connected to: the other side says first what it wants.</param>
    public static WireCutters Both(bool isServer)
    {
        var talk = new Talk();
        return new(new TcpRosUnits(talk, !isServer), new TcpRosUnits(talk, isServer));
    }

    public IEnumerable<WireUnit> Take(ReadOnlyMemory<byte> received)
    {
        buffer.Add(received.Span);
        while (Next() is { } unit) yield return unit;
    }

    private WireUnit? Next()
    {
        if (isPlain) return buffer.Waiting.IsEmpty ? null : new(buffer.Take(buffer.Waiting.Length), null, ..0);
        var before = isOpen && isServers && talk.IsService ? 1 : 0;
        var head = before + LengthBytes;
        if (buffer.Waiting.Length < head) return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(buffer.Waiting[before..]);
        if (length > UnitBuffer.Most)
        {
            isPlain = true;
            return Next();
        }

        if (buffer.Waiting.Length < head + (int)length) return null;
        var bytes = buffer.Take(head + (int)length);
        if (isOpen) return new(bytes, talk.Name, head..);
        isOpen = true;
        if (!isServers) talk.Hear(bytes.AsSpan(LengthBytes));
        return WireUnit.Plain(bytes);
    }

    /// <summary>What the connection is about: the one who opened it says so.</summary>
    private sealed class Talk
    {
        private volatile string name = "";

        public string Name => name;

        public bool IsService { get; private set; }

        public void Hear(ReadOnlySpan<byte> header)
        {
            try
            {
                var fields = TcpRosHeader.Read(header);
                IsService = fields.ContainsKey("service");
                name = fields.GetValueOrDefault("topic") ?? fields.GetValueOrDefault("service", "");
            }
            catch (Ros1Exception)
            {
                // Who reads it will say so.
            }
        }
    }
}
