using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Reads CDR. A length on the wire is believed only as far as bytes are there to back it.</summary>
internal ref struct CdrReader : IFieldReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool isBigEndian;
    private int offset;

    private CdrReader(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        this.bytes = bytes;
        this.isBigEndian = isBigEndian;
    }

    /// <summary>Checks the encapsulation header.</summary>
    public static CdrReader Open(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Cdr.HeaderLength)
            throw RosCodecException.At("", bytes.Length, $"the encapsulation header has 4 bytes, only {bytes.Length} are there");
        if (bytes[0] != 0 || bytes[1] > 1)
            throw RosCodecException.At("", 0, $"encapsulation {bytes[0]:X2} {bytes[1]:X2} is not supported, only 00 01 and 00 00 (CDR, little-endian and big-endian)");
        return new(bytes[Cdr.HeaderLength..], bytes[1] == 0);
    }

    /// <summary>Checks that nothing but padding is left: some middlewares fill up to a multiple of four bytes.</summary>
    public readonly void Close()
    {
        if (bytes.Length - offset > 3) throw Wrong("", $"the message ends here, but {bytes.Length - offset} bytes follow");
    }

    public readonly RosDialect Dialect => RosDialect.Ros2;

    public T Value<T>(string name) where T : unmanaged
    {
        var taken = Take(name, Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>());
        return typeof(T) == typeof(bool) ? (T)(object)(taken[0] != 0) : Load<T>(taken);
    }

    public string Text(string name, int limit)
    {
        var length = Length(name, 1, limit == int.MaxValue ? limit : limit + 1);
        if (length == 0) return "";
        var text = Take(name, 1, length);
        if (text[^1] != 0) throw Wrong(name, "the text does not end with a zero byte");
        try
        {
            return StrictUtf8.GetString(text[..^1]);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong(name, "the text is not UTF-8");
        }
    }

    public T Message<T>(string name) where T : IRosMessage<T>
    {
        try
        {
            return T.Read(ref this);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(name);
        }
    }

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage
    {
        try
        {
            return type.Read(ref this);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(name);
        }
    }

    public ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged
    {
        var count = Count(name, Unsafe.SizeOf<T>(), bounds);
        if (count == 0) return [];
        var taken = Take(name, Unsafe.SizeOf<T>(), checked(count * Unsafe.SizeOf<T>()));
        var values = new T[count];
        if (typeof(T) == typeof(bool))
            for (var i = 0; i < count; i++) values[i] = (T)(object)(taken[i] != 0);
        else
        {
            taken.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            if (isBigEndian)
                for (var i = 0; i < count; i++) values[i] = Load<T>(taken.Slice(i * Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>()));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public ImmutableArray<string> Texts(string name, Bounds bounds)
    {
        var count = Count(name, sizeof(uint), bounds);
        var values = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++) values.Add(Text(name, int.MaxValue));
        return values.DrainToImmutable();
    }

    public ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T> => Messages(name, MessageType.Of<T>(), bounds);

    public ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage
    {
        // A message has at least one byte, so the count is backed; a reference is eight, so the array grows with what is really read.
        var count = Count(name, 1, bounds);
        var values = ImmutableArray.CreateBuilder<T>(Math.Min(count, 256));
        for (var i = 0; i < count; i++)
        {
            try
            {
                values.Add(type.Read(ref this));
            }
            catch (RosCodecException wrong)
            {
                throw wrong.Inside($"{name}[{i}]");
            }
        }

        return values.DrainToImmutable();
    }

    public void Nothing() => Take("", 1, 1);

    private int Count(string name, int leastSize, Bounds bounds) => bounds.IsFixed ? bounds.Most : Length(name, leastSize, bounds.Most);

    private int Length(string name, int leastSize, int most)
    {
        var length = Load<uint>(Take(name, sizeof(uint), sizeof(uint)));
        if (length > most) throw Wrong(name, $"length {length} is above the limit of {most}");
        if ((long)length * leastSize > bytes.Length - offset)
            throw Wrong(name, $"length {length} needs {(long)length * leastSize} bytes, only {bytes.Length - offset} are left");
        return (int)length;
    }

    private readonly T Load<T>(ReadOnlySpan<byte> taken) where T : unmanaged
    {
        if (!isBigEndian) return MemoryMarshal.Read<T>(taken);
        Span<byte> turned = stackalloc byte[sizeof(ulong)];
        turned = turned[..taken.Length];
        taken.CopyTo(turned);
        turned.Reverse();
        return MemoryMarshal.Read<T>(turned);
    }

    private ReadOnlySpan<byte> Take(string name, int alignment, int length)
    {
        var start = (offset + alignment - 1) & -alignment;
        if (start + (long)length > bytes.Length) throw Wrong(name, $"{length} bytes are needed, only {Math.Max(0, bytes.Length - start)} are left");
        offset = start + length;
        return bytes.Slice(start, length);
    }

    private readonly RosCodecException Wrong(string name, string problem) => RosCodecException.At(name, Cdr.HeaderLength + offset, problem);
}
