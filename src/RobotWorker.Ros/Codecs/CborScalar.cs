using System.Numerics;

namespace RobotWorker.Ros.Codecs;

/// <summary>A number or truth value of CBOR, exact.</summary>
internal readonly struct CborScalar
{
    private readonly Int128 integer;
    private readonly double real;
    private readonly Kind kind;

    public CborScalar(Int128 value) => (integer, kind) = (value, Kind.Integer);

    public CborScalar(double value) => (real, kind) = (value, Kind.Real);

    public CborScalar(bool value) => (integer, kind) = (value ? 1 : 0, Kind.Truth);

    private enum Kind
    {
        Integer,
        Real,
        Truth,
    }

    /// <summary>As a primitive of ROS.</summary>
    /// <param name="at">Where it stands, for the error.</param>
    public T As<T>(int at) where T : unmanaged
    {
        if (typeof(T) == typeof(bool)) return kind == Kind.Truth ? (T)(object)(integer != 0) : throw Wrong("bool", at);
        if (kind == Kind.Truth) throw Wrong(typeof(T).Name, at);
        if (typeof(T) == typeof(double)) return (T)(object)Real;
        if (typeof(T) == typeof(float)) return (T)(object)(float)Real;
        if (typeof(T) == typeof(byte)) return (T)(object)Integer<byte>(at);
        if (typeof(T) == typeof(sbyte)) return (T)(object)Integer<sbyte>(at);
        if (typeof(T) == typeof(short)) return (T)(object)Integer<short>(at);
        if (typeof(T) == typeof(ushort)) return (T)(object)Integer<ushort>(at);
        if (typeof(T) == typeof(int)) return (T)(object)Integer<int>(at);
        if (typeof(T) == typeof(uint)) return (T)(object)Integer<uint>(at);
        if (typeof(T) == typeof(long)) return (T)(object)Integer<long>(at);
        return (T)(object)Integer<ulong>(at);
    }

    private double Real => kind == Kind.Integer ? (double)integer : real;

    // JavaScript writes an integer above 2^32 as a floating-point number.
    private T Integer<T>(int at) where T : IBinaryInteger<T>
    {
        try
        {
            if (kind == Kind.Integer) return T.CreateChecked(integer);
            return double.IsInteger(real) ? T.CreateChecked(real) : throw Wrong(typeof(T).Name, at);
        }
        catch (OverflowException)
        {
            throw Wrong(typeof(T).Name, at);
        }
    }

    private RosCodecException Wrong(string type, int at) =>
        RosCodecException.At("", at, $"{(kind == Kind.Real ? real.ToString() : kind == Kind.Truth ? (integer == 1).ToString() : integer.ToString())} is not a value of {type}");
}
