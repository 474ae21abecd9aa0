using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using Column = ParquetSharp.Column;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>How a column is written: each cell as a value of C#, within as many arrays as it has lists. Everything may be missing, as pyarrow has it.</summary>
internal abstract class ParquetCells
{
    private const int MostDimensions = 5;

    public abstract Column Column(string name);

    /// <summary>Writes all rows as the next column of a row group.</summary>
    public abstract void Write(RowGroupWriter group, IArrowArray rows);

    /// <exception cref="NotSupportedException">Cells of that kind are not written.</exception>
    public static ParquetCells Of(IArrowType type)
    {
        var depth = 0;
        for (; type is ListType list; depth++) type = list.Fields[0].DataType;
        return type.TypeId switch
        {
            ArrowTypeId.Float => Of(depth, a => Each(a, v => v is double number ? (float?)number : null)),
            ArrowTypeId.Double => Of(depth, a => Each(a, v => (double?)v)),
            ArrowTypeId.Boolean => Of(depth, a => Each(a, v => (bool?)v)),
            ArrowTypeId.String => Of(depth, a => Each(a, v => (string?)v)),
            ArrowTypeId.Int64 => Of(depth, a => Each(a, v => (long?)v)),
            ArrowTypeId.Int32 => Of(depth, a => Each(a, v => (int?)(long?)v)),
            ArrowTypeId.Int16 => Of(depth, a => Each(a, v => (short?)(long?)v)),
            ArrowTypeId.Int8 => Of(depth, a => Each(a, v => (sbyte?)(long?)v)),
            ArrowTypeId.UInt64 => Of(depth, a => Each(a, v => (ulong?)(long?)v)),
            ArrowTypeId.UInt32 => Of(depth, a => Each(a, v => (uint?)(long?)v)),
            ArrowTypeId.UInt16 => Of(depth, a => Each(a, v => (ushort?)(long?)v)),
            ArrowTypeId.UInt8 => Of(depth, a => Each(a, v => (byte?)(long?)v)),
            _ => throw new NotSupportedException($"columns of {type.Name} are not written"),
        };
    }

    // Written out, for a type that holds itself has no end.
    private static ParquetCells Of<T>(int depth, Func<IArrowArray, T[]> cells) => depth switch
    {
        0 => new Cells<T>(cells),
        1 => new Cells<T[]>(a => Split(a, cells)),
        2 => new Cells<T[][]>(a => Split(a, b => Split(b, cells))),
        3 => new Cells<T[][][]>(a => Split(a, b => Split(b, c => Split(c, cells)))),
        4 => new Cells<T[][][][]>(a => Split(a, b => Split(b, c => Split(c, d => Split(d, cells))))),
        MostDimensions => new Cells<T[][][][][]>(a => Split(a, b => Split(b, c => Split(c, d => Split(d, e => Split(e, cells)))))),
        _ => throw new NotSupportedException($"columns of {depth} nested lists are not written"),
    };

    private static T[] Each<T>(IArrowArray rows, Func<object?, T> cell) => [.. Enumerable.Range(0, rows.Length).Select(i => cell(ArrowCells.Value(rows, i)))];

    private static T[][] Split<T>(IArrowArray rows, Func<IArrowArray, T[]> items)
    {
        var (lists, at) = ((ListArray)rows, 0);
        var all = items(ArrowCells.ItemsOf(lists));
        return [.. Enumerable.Range(0, lists.Length).Select(i => all[at..(at += lists.GetValueLength(i))])];
    }

    private sealed class Cells<T>(Func<IArrowArray, T[]> cells) : ParquetCells
    {
        public override Column Column(string name) => new Column<T>(name);

        public override void Write(RowGroupWriter group, IArrowArray rows)
        {
            using var column = group.NextColumn();
            using var writer = column.LogicalWriter<T>();
            writer.WriteBatch(cells(rows));
        }
    }
}
