using Parquet;
using Parquet.Schema;

namespace RobotWorker.Recording.LeRobot;

/// <summary>A column of a Parquet file, nullable as pyarrow writes them. Rows are added by row group.</summary>
internal abstract class ParquetColumn(Field described)
{
    public Field Field => described;

    /// <summary>Writes the rows from <paramref name="first"/> on.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, int first, int count);

    public static ParquetColumn Of<T>(string name, IReadOnlyList<T?> rows) where T : struct => new Numbers<T>(new DataField(name, typeof(T), isNullable: true), rows);

    public static ParquetColumn Of(string name, IReadOnlyList<string> rows) => new Texts(new DataField(name, typeof(string), isNullable: true), rows);

    public static ParquetColumn Lists<T>(string name, IReadOnlyList<IReadOnlyList<T>> rows) where T : struct
    {
        var item = Item(typeof(T));
        return new NumberLists<T>(item, new ListField(name, item), rows);
    }

    public static ParquetColumn Lists(string name, IReadOnlyList<IReadOnlyList<string>> rows) => new TextLists(Item(typeof(string)), name, rows);

    /// <summary>A row's numbers each in a list of one in a list of one, as channels of pictures are kept: shape (n, 1, 1).</summary>
    public static ParquetColumn Channels(string name, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        var item = Item(typeof(double));
        return new NumberLists<double>(item, new ListField(name, new ListField("element", new ListField("element", item))), rows);
    }

    private static DataField Item(Type type) => new("element", type, isNullable: true);

    // 0 begins a row, 1 goes on with it.
    private static int[] Levels<T>(IEnumerable<IReadOnlyList<T>> rows) => [.. rows.SelectMany(row => row.Select((_, i) => i == 0 ? 0 : 1))];

    private static IEnumerable<T> Slice<T>(IReadOnlyList<T> rows, int first, int count) => rows.Skip(first).Take(count);

    private sealed class Numbers<T>(DataField field, IReadOnlyList<T?> rows) : ParquetColumn(field) where T : struct
    {
        public override Task WriteAsync(ParquetRowGroupWriter group, int first, int count) => group.WriteAsync<T>((DataField)Field, Slice(rows, first, count).ToArray());
    }

    private sealed class Texts(DataField field, IReadOnlyList<string> rows) : ParquetColumn(field)
    {
        public override Task WriteAsync(ParquetRowGroupWriter group, int first, int count) => group.WriteAsync((DataField)Field, Slice(rows, first, count).ToArray());
    }

    private sealed class NumberLists<T>(DataField item, ListField list, IReadOnlyList<IReadOnlyList<T>> rows) : ParquetColumn(list) where T : struct
    {
        public override Task WriteAsync(ParquetRowGroupWriter group, int first, int count)
        {
            var some = Slice(rows, first, count).ToList();
            return group.WriteAsync<T>(item, some.SelectMany(row => row).Select(v => (T?)v).ToArray(), Levels(some));
        }
    }

    private sealed class TextLists(DataField item, string name, IReadOnlyList<IReadOnlyList<string>> rows) : ParquetColumn(new ListField(name, item))
    {
        public override Task WriteAsync(ParquetRowGroupWriter group, int first, int count)
        {
            var some = Slice(rows, first, count).ToList();
            return group.WriteAsync(item, some.SelectMany(row => row).ToArray(), Levels(some));
        }
    }
}
