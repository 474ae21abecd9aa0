using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Writes the data files: a row group for each episode, Snappy.</summary>
internal sealed class FrameFiles : IDisposable
{
    private readonly WriterProperties properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).Build();
    private FileWriter? writer;
    private string path = "";
    private Schema? schema;

    /// <summary>Writes an episode; into the same file as the one before it while the name is the same.</summary>
    /// <exception cref="DatasetException">A column is of another kind than in the episodes before.</exception>
    public void Write(string file, IReadOnlyList<(string Name, IArrowArray Values)> columns)
    {
        schema ??= new Schema(columns.Select(c => new Field(c.Name, c.Values.Data.DataType, nullable: true)), null);
        foreach (var (field, (name, values)) in schema.FieldsList.Zip(columns))
            if (!ArrowCells.IsSameKind(field.DataType, values.Data.DataType)) throw new DatasetException($"{name} is kept as {Word(values.Data.DataType)} in one set and as {Word(field.DataType)} in another");
        if (file != path)
        {
            Close();
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            (path, writer) = (file, new FileWriter(file, schema, properties));
        }
        using var batch = new RecordBatch(schema, columns.Select(c => c.Values), columns[0].Values.Length);
        writer!.WriteRecordBatch(batch, batch.Length);
    }

    /// <summary>A whole table.</summary>
    public static void WriteTable(string file, IReadOnlyList<(string Name, IArrowArray Values)> columns)
    {
        using var files = new FrameFiles();
        files.Write(file, columns);
        files.Close();
    }

    /// <summary>Ends the last file.</summary>
    public void Close()
    {
        writer?.Close();
        writer?.Dispose();
        writer = null;
    }

    public void Dispose()
    {
        writer?.Dispose();
        properties.Dispose();
    }

    private static string Word(IArrowType type) => type is NestedType { Fields: [var item, ..] } ? $"{type.Name} of {Word(item.DataType)}" : type.Name;
}
