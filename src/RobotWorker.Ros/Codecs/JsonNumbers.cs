using System.Globalization;
using System.Numerics;
using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>Numbers and truth values of JSON, exact for every primitive type of ROS.</summary>
internal static class JsonNumbers
{
    /// <summary>The value of a number or word.</summary>
    /// <param name="token">It.</param>
    /// <param name="at">The position behind it, for the error.</param>
    public static T Parse<T>(ReadOnlySpan<byte> token, int at) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return (T)(object)Real<double>(token, at);
        if (typeof(T) == typeof(float)) return (T)(object)Real<float>(token, at);
        if (typeof(T) == typeof(bool)) return (T)(object)Truth(token, at);
        if (typeof(T) == typeof(byte)) return (T)(object)Integer<byte>(token, at);
        if (typeof(T) == typeof(sbyte)) return (T)(object)Integer<sbyte>(token, at);
        if (typeof(T) == typeof(short)) return (T)(object)Integer<short>(token, at);
        if (typeof(T) == typeof(ushort)) return (T)(object)Integer<ushort>(token, at);
        if (typeof(T) == typeof(int)) return (T)(object)Integer<int>(token, at);
        if (typeof(T) == typeof(uint)) return (T)(object)Integer<uint>(token, at);
        if (typeof(T) == typeof(long)) return (T)(object)Integer<long>(token, at);
        return (T)(object)Integer<ulong>(token, at);
    }

    /// <summary>Refuses what is neither number nor word, in a value that nobody wants.</summary>
    public static void CheckScalar(ReadOnlySpan<byte> token, int at)
    {
        if (!IsWord(token) && !token.SequenceEqual("true"u8) && !token.SequenceEqual("false"u8)) Real<double>(token, at);
    }

    private static bool IsWord(ReadOnlySpan<byte> token) =>
        token.SequenceEqual("null"u8) || token.SequenceEqual("NaN"u8) || token.SequenceEqual("Infinity"u8) || token.SequenceEqual("-Infinity"u8);

    private static T Real<T>(ReadOnlySpan<byte> token, int at) where T : IFloatingPointIeee754<T>
    {
        if (IsWord(token)) return token[0] == 'I' ? T.PositiveInfinity : token[0] == '-' ? T.NegativeInfinity : T.NaN;
        if (token[^1] is >= (byte)'0' and <= (byte)'9' or (byte)'.' && T.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return T.IsFinite(value) ? value : throw Wrong<T>(token, at);
        throw Wrong<T>(token, at);
    }

    // "1.0" and "1e3" are integers too: JavaScript and Python write them so.
    private static T Integer<T>(ReadOnlySpan<byte> token, int at) where T : IBinaryInteger<T>
    {
        if (T.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        if (decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && decimal.IsInteger(real))
        {
            try
            {
                return T.CreateChecked(real);
            }
            catch (OverflowException)
            {
                throw Wrong<T>(token, at);
            }
        }

        throw Wrong<T>(token, at);
    }

    private static bool Truth(ReadOnlySpan<byte> token, int at) =>
        token.SequenceEqual("true"u8) || (token.SequenceEqual("false"u8) ? false : throw Wrong<bool>(token, at));

    private static RosCodecException Wrong<T>(ReadOnlySpan<byte> token, int at)
    {
        var type = default(T) switch
        {
            bool => "bool",
            byte => "uint8",
            sbyte => "int8",
            short => "int16",
            ushort => "uint16",
            int => "int32",
            uint => "uint32",
            long => "int64",
            ulong => "uint64",
            float => "float32",
            _ => "float64",
        };
        var shown = Encoding.Latin1.GetString(token[..Math.Min(token.Length, 30)]);
        return RosCodecException.At("", at - token.Length, $"'{shown}' is not a value of {type}");
    }
}
