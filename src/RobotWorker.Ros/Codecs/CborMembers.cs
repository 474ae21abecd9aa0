namespace RobotWorker.Ros.Codecs;

/// <summary>The members of a CBOR map, one after the other: an operation of rosbridge is looked at so.</summary>
internal ref struct CborMembers
{
    private readonly CborData data;
    private readonly int count;
    private int at;
    private int index;

    /// <summary>Takes the map's head.</summary>
    /// <exception cref="RosCodecException">It is no map.</exception>
    public CborMembers(ReadOnlySpan<byte> cbor)
    {
        data = new(cbor);
        count = data.Count(ref at, CborMajor.Map);
    }

    /// <summary>The member's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The member's value as CBOR.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value if it is a text, else null.</summary>
    public readonly string? Text
    {
        get
        {
            var start = 0;
            return Value[0] >> 5 == (int)CborMajor.Text ? new CborData(Value).Text(ref start) : null;
        }
    }

    /// <summary>The value as octets.</summary>
    /// <exception cref="RosCodecException">It is something else.</exception>
    public readonly ReadOnlySpan<byte> Bytes
    {
        get
        {
            var start = 0;
            return new CborData(Value).Octets(ref start, out _);
        }
    }

    /// <summary>Goes to the next member.</summary>
    /// <exception cref="RosCodecException">It is no CBOR.</exception>
    public bool MoveNext()
    {
        if (data.IsEnd(ref at, count, index)) return false;
        index++;
        Name = data.Text(ref at);
        var start = at;
        data.Skip(ref at);
        Value = data.Bytes[start..at];
        return true;
    }
}
