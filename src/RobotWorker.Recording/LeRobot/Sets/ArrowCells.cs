using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Between Arrow's arrays and plain values.</summary>
internal static class ArrowCells
{
    /// <summary>All numbers of a column, row after row, out of whatever lists they are nested in. What is missing is not a number.</summary>
    /// <exception cref="NotSupportedException">There are no numbers in it.</exception>
    public static double[] Numbers(IArrowArray array) => array switch
    {
        ListArray lists => Numbers(ItemsOf(lists)),
        LargeListArray lists => Numbers(ItemsOf(lists)),
        FixedSizeListArray lists => Numbers(ItemsOf(lists)),
        _ => [.. Enumerable.Range(0, array.Length).Select(i => Value(array, i) switch { long n => n, double d => d, bool b => b ? 1 : 0, null => double.NaN, _ => throw new NotSupportedException() })],
    };

    /// <summary>A cell: a long, a double, a bool, a text, a list of those, or null.</summary>
    /// <exception cref="NotSupportedException">It is something else.</exception>
    public static object? Value(IArrowArray array, int row) => array.IsNull(row) ? null : array switch
    {
        Int64Array a => a.GetValue(row),
        Int32Array a => (long)a.GetValue(row)!,
        Int16Array a => (long)a.GetValue(row)!,
        Int8Array a => (long)a.GetValue(row)!,
        UInt64Array a => checked((long)a.GetValue(row)!),
        UInt32Array a => (long)a.GetValue(row)!,
        UInt16Array a => (long)a.GetValue(row)!,
        UInt8Array a => (long)a.GetValue(row)!,
        DoubleArray a => a.GetValue(row),
        FloatArray a => (double)a.GetValue(row)!,
        BooleanArray a => a.GetValue(row),
        StringArray a => a.GetString(row),
        LargeStringArray a => a.GetString(row),
        ListArray a => List(a.GetSlicedValues(row)),
        LargeListArray a => List(a.GetSlicedValues(row)),
        _ => throw new NotSupportedException(),
    };

    /// <summary>The same in memory of its own, lists of whatever kind as plain lists: what comes out of a file is the library's, and gone with the table.</summary>
    /// <exception cref="NotSupportedException">It is of a kind that no data set has.</exception>
    public static IArrowArray Copy(IArrowArray array) => array switch
    {
        ListArray a => Lists(Copy(ItemsOf(a)), Enumerable.Range(0, a.Length).Select(a.GetValueLength), Validity(a), a.NullCount),
        LargeListArray a => Lists(Copy(ItemsOf(a)), Enumerable.Range(0, a.Length).Select(a.GetValueLength), Validity(a), a.NullCount),
        FixedSizeListArray a => Lists(Copy(ItemsOf(a)), Enumerable.Repeat(Size(a), a.Length), Validity(a), a.NullCount),
        FloatArray a => new FloatArray(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        DoubleArray a => new DoubleArray(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        Int64Array a => new Int64Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        Int32Array a => new Int32Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        Int16Array a => new Int16Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        Int8Array a => new Int8Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        UInt64Array a => new UInt64Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        UInt32Array a => new UInt32Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        UInt16Array a => new UInt16Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        UInt8Array a => new UInt8Array(Bytes(a.Values), Validity(a), a.Length, a.NullCount, 0),
        BooleanArray a => Of(Enumerable.Range(0, a.Length).Select(i => a.GetValue(i))),
        StringArray a => Of(Enumerable.Range(0, a.Length).Select(i => (string?)a.GetString(i))),
        LargeStringArray a => Of(Enumerable.Range(0, a.Length).Select(i => (string?)a.GetString(i))),
        _ => throw new NotSupportedException($"columns of {array.Data.DataType.Name} are not carried"),
    };

    public static IArrowArray Slice(IArrowArray array, int first, int count) => ((Apache.Arrow.Array)array).Slice(first, count);

    public static IArrowArray Of(IEnumerable<long?> values)
    {
        var numbers = new Int64Array.Builder();
        foreach (var value in values) numbers.Append(value);
        return numbers.Build();
    }

    public static IArrowArray Of(IEnumerable<double?> values)
    {
        var numbers = new DoubleArray.Builder();
        foreach (var value in values) numbers.Append(value);
        return numbers.Build();
    }

    public static IArrowArray Of(IEnumerable<float?> values)
    {
        var numbers = new FloatArray.Builder();
        foreach (var value in values) numbers.Append(value);
        return numbers.Build();
    }

    public static IArrowArray Of(IEnumerable<bool?> values)
    {
        var truths = new BooleanArray.Builder();
        foreach (var value in values)
            if (value is { } truth) truths.Append(truth);
            else truths.AppendNull();
        return truths.Build();
    }

    public static IArrowArray Of(IEnumerable<string?> values)
    {
        var texts = new StringArray.Builder();
        foreach (var value in values)
            if (value is null) texts.AppendNull();
            else texts.Append(value);
        return texts.Build();
    }

    /// <summary>Rows of lists, of what <paramref name="values"/> has one after the other.</summary>
    public static IArrowArray Lists(IArrowArray values, IEnumerable<int> lengths) => Lists(values, lengths, ArrowBuffer.Empty, 0);

    private static ListArray Lists(IArrowArray values, IEnumerable<int> lengths, ArrowBuffer validity, int nulls)
    {
        var offsets = new ArrowBuffer.Builder<int>().Append(0);
        var (end, rows) = (0, 0);
        foreach (var length in lengths)
        {
            offsets.Append(end += length);
            rows++;
        }
        return new ListArray(new ListType(new Field("element", values.Data.DataType, nullable: true)), rows, offsets.Build(), values, validity, nulls);
    }

    /// <summary>Rows of numbers in lists nested as the shape says.</summary>
    public static IArrowArray Nested(IArrowArray values, ImmutableArray<int> shape)
    {
        for (var i = shape.Length - 1; i >= 0; i--) values = Lists(values, Enumerable.Repeat(shape[i], values.Length / shape[i]));
        return values;
    }

    /// <summary>Whether both hold the same kind of thing, whatever the items of their lists are called.</summary>
    public static bool IsSameKind(IArrowType one, IArrowType other) => one.TypeId == other.TypeId && (one, other) switch
    {
        (NestedType a, NestedType b) => a.Fields.Count == b.Fields.Count && a.Fields.Zip(b.Fields).All(pair => IsSameKind(pair.First.DataType, pair.Second.DataType)),
        _ => true,
    };

    private static List<object?> List(IArrowArray items) => [.. Enumerable.Range(0, items.Length).Select(i => Value(items, i))];

    /// <summary>What all rows have in their lists, one after the other.</summary>
    public static IArrowArray ItemsOf(ListArray lists) => Slice(lists.Values, lists.ValueOffsets[0], lists.ValueOffsets[lists.Length] - lists.ValueOffsets[0]);

    private static IArrowArray ItemsOf(LargeListArray lists) => Slice(lists.Values, (int)lists.ValueOffsets[0], (int)(lists.ValueOffsets[lists.Length] - lists.ValueOffsets[0]));

    private static IArrowArray ItemsOf(FixedSizeListArray lists) => Slice(lists.Values, lists.Offset * Size(lists), lists.Length * Size(lists));

    private static ArrowBuffer Bytes<T>(ReadOnlySpan<T> values) where T : struct => new(MemoryMarshal.AsBytes(values).ToArray());

    private static ArrowBuffer Validity(IArrowArray array)
    {
        if (array.NullCount == 0) return ArrowBuffer.Empty;
        var bits = new ArrowBuffer.BitmapBuilder(array.Length);
        for (var i = 0; i < array.Length; i++) bits.Append(array.IsValid(i));
        return bits.Build();
    }

    private static int Size(FixedSizeListArray lists) => ((FixedSizeListType)lists.Data.DataType).ListSize;
}
