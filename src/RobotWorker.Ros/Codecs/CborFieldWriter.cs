using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Writes the members of a CBOR map.</summary>
internal readonly struct CborFieldWriter(CborOutput cbor, RosDialect dialect) : IFieldWriter
{
    public RosDialect Dialect => dialect;

    /// <summary>The message as a map: its head holds the number of members, so they are counted first.</summary>
    public void Map<T>(T message) where T : IRosMessage
    {
        var counter = new FieldCounter(dialect);
        message.Write(ref counter);
        cbor.Head(CborMajor.Map, (ulong)counter.Count);
        var writer = this;
        message.Write(ref writer);
    }

    public void Value<T>(string name, T value) where T : unmanaged
    {
        cbor.Text(name);
        Write(value);
    }

    public void Text(string name, string value, int limit)
    {
        if (limit != int.MaxValue && Encoding.UTF8.GetByteCount(value) is var length && length > limit)
            throw RosCodecException.At(name, 0, $"the text has {length} bytes, at most {limit} are allowed");
        cbor.Text(name);
        cbor.Text(value);
    }

    public void Message<T>(string name, T value) where T : IRosMessage
    {
        cbor.Text(name);
        Nested(name, -1, value);
    }

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged
    {
        Check(name, values, bounds);
        cbor.Text(name);
        if (typeof(T) == typeof(byte))
        {
            cbor.Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        else if (typeof(T) == typeof(bool))
        {
            cbor.Head(CborMajor.List, (ulong)values.AsSpan().Length);
            foreach (var value in values.AsSpan()) Write(value);
        }
        else
        {
            cbor.Head(CborMajor.Tag, CborTypedArray.LittleEndianTag<T>());
            cbor.Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds)
    {
        Check(name, values, bounds);
        cbor.Text(name);
        cbor.Head(CborMajor.List, (ulong)values.AsSpan().Length);
        foreach (var value in values.AsSpan()) cbor.Text(value);
    }

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage
    {
        Check(name, values, bounds);
        cbor.Text(name);
        cbor.Head(CborMajor.List, (ulong)values.AsSpan().Length);
        for (var i = 0; i < values.AsSpan().Length; i++) Nested(name, i, values[i]);
    }

    public void Nothing()
    {
    }

    private void Nested<T>(string name, int index, T value) where T : IRosMessage
    {
        try
        {
            Map(value);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(index < 0 ? name : $"{name}[{index}]");
        }
    }

    private static void Check<T>(string name, ImmutableArray<T> values, Bounds bounds)
    {
        var count = values.AsSpan().Length;
        if (!bounds.Allow(count)) throw RosCodecException.At(name, 0, $"the array has {count} values, {bounds} are allowed");
    }

    private void Write<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) cbor.Real((double)(object)value);
        else if (typeof(T) == typeof(float)) cbor.Real((float)(object)value);
        else if (typeof(T) == typeof(bool)) cbor.Truth((bool)(object)value);
        else if (typeof(T) == typeof(byte)) cbor.Integer((byte)(object)value);
        else if (typeof(T) == typeof(sbyte)) cbor.Integer((sbyte)(object)value);
        else if (typeof(T) == typeof(short)) cbor.Integer((short)(object)value);
        else if (typeof(T) == typeof(ushort)) cbor.Integer((ushort)(object)value);
        else if (typeof(T) == typeof(int)) cbor.Integer((int)(object)value);
        else if (typeof(T) == typeof(uint)) cbor.Integer((uint)(object)value);
        else if (typeof(T) == typeof(long)) cbor.Integer((long)(object)value);
        else cbor.Head(CborMajor.Unsigned, (ulong)(object)value);
    }
}
