using ParquetSharp;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>A Parquet file that is still in memory, where a test can spoil it.</summary>
internal sealed class TinyTable
{
    /// <summary>Name and values; the type of the array is the type of the column.</summary>
    public List<(string Name, Array Values)> Columns { get; } = [];

    public Dictionary<string, string> Footer { get; } = [];

    public Array this[string name]
    {
        get => Columns.Single(c => c.Name == name).Values;
        set
        {
            var at = Columns.FindIndex(c => c.Name == name);
            if (at < 0) Columns.Add((name, value));
            else Columns[at] = (name, value);
        }
    }

    public T[] Of<T>(string name) => (T[])this[name];

    public void Remove(string name) => Columns.RemoveAll(c => c.Name == name);

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new ParquetFileWriter(path, [.. Columns.Select(c => new Column(c.Values.GetType().GetElementType()!, c.Name))], Compression.Snappy, Footer);
        using var group = file.AppendRowGroup();
        foreach (var (_, values) in Columns)
        {
            using var column = group.NextColumn();
            Write(column, (dynamic)values);
        }
        file.Close();
    }

    private static void Write<T>(ColumnWriter column, T[] values)
    {
        using var writer = column.LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
