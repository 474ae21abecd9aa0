using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Writes the members of a JSON object.</summary>
internal readonly struct JsonFieldWriter(Utf8JsonWriter json, RosDialect dialect) : IFieldWriter
{
    public RosDialect Dialect => dialect;

    public void Value<T>(string name, T value) where T : unmanaged
    {
        json.WritePropertyName(name);
        Write(value);
    }

    public void Text(string name, string value, int limit)
    {
        if (limit != int.MaxValue && Encoding.UTF8.GetByteCount(value) is var length && length > limit)
            throw Wrong(name, $"the text has {length} bytes, at most {limit} are allowed");
        json.WriteString(name, value);
    }

    public void Message<T>(string name, T value) where T : IRosMessage
    {
        json.WriteStartObject(name);
        Fields(name, -1, value);
        json.WriteEndObject();
    }

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged
    {
        Check(name, values, bounds);
        if (typeof(T) == typeof(byte))
        {
            json.WriteBase64String(name, MemoryMarshal.AsBytes(values.AsSpan()));
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values.AsSpan()) Write(value);
        json.WriteEndArray();
    }

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds)
    {
        Check(name, values, bounds);
        json.WriteStartArray(name);
        foreach (var value in values.AsSpan()) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage
    {
        Check(name, values, bounds);
        json.WriteStartArray(name);
        for (var i = 0; i < values.AsSpan().Length; i++)
        {
            json.WriteStartObject();
            Fields(name, i, values[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Nothing()
    {
    }

    private void Fields<T>(string name, int index, T value) where T : IRosMessage
    {
        try
        {
            var writer = this;
            value.Write(ref writer);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(index < 0 ? name : $"{name}[{index}]");
        }
    }

    private void Check<T>(string name, ImmutableArray<T> values, Bounds bounds)
    {
        var count = values.AsSpan().Length;
        if (!bounds.Allow(count)) throw Wrong(name, $"the array has {count} values, {bounds} are allowed");
    }

    private RosCodecException Wrong(string name, string problem) => RosCodecException.At(name, (int)(json.BytesCommitted + json.BytesPending), problem);

    private void Write<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            // JSON has no word for them; rosbridge writes null.
            if (double.IsFinite((double)(object)value)) json.WriteNumberValue((double)(object)value);
            else json.WriteNullValue();
        }
        else if (typeof(T) == typeof(float))
        {
            if (float.IsFinite((float)(object)value)) json.WriteNumberValue((float)(object)value);
            else json.WriteNullValue();
        }
        else if (typeof(T) == typeof(bool)) json.WriteBooleanValue((bool)(object)value);
        else if (typeof(T) == typeof(byte)) json.WriteNumberValue((byte)(object)value);
        else if (typeof(T) == typeof(sbyte)) json.WriteNumberValue((sbyte)(object)value);
        else if (typeof(T) == typeof(short)) json.WriteNumberValue((short)(object)value);
        else if (typeof(T) == typeof(ushort)) json.WriteNumberValue((ushort)(object)value);
        else if (typeof(T) == typeof(int)) json.WriteNumberValue((int)(object)value);
        else if (typeof(T) == typeof(uint)) json.WriteNumberValue((uint)(object)value);
        else if (typeof(T) == typeof(long)) json.WriteNumberValue((long)(object)value);
        else json.WriteNumberValue((ulong)(object)value);
    }
}
