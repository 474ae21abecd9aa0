using System.Collections.Immutable;
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
        ListArray lists => Numbers(((Apache.Arrow.Array)lists.Values).Slice(lists.ValueOffsets[0], lists.ValueOffsets[lists.Length] - lists.ValueOffsets[0])),
        LargeListArray lists => Numbers(((Apache.Arrow.Array)lists.Values).Slice((int)lists.ValueOffsets[0], (int)(lists.ValueOffsets[lists.Length] - lists.ValueOffsets[0]))),
        FixedSizeListArray lists => Numbers(((Apache.Arrow.Array)lists.Values).Slice(lists.Offset * Size(lists), lists.Length * Size(lists))),
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
    public static IArrowArray Lists(IArrowArray values, IEnumerable<int> lengths)
    {
        var offsets = new ArrowBuffer.Builder<int>().Append(0);
        var (end, rows) = (0, 0);
        foreach (var length in lengths)
        {
            offsets.Append(end += length);
            rows++;
        }
        return new ListArray(new ListType(new Field("element", values.Data.DataType, nullable: true)), rows, offsets.Build(), values, ArrowBuffer.Empty);
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

    private static int Size(FixedSizeListArray lists) => ((FixedSizeListType)lists.Data.DataType).ListSize;
}
