using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Writes the data files: a row group for each episode, Snappy.</summary>
/// <remarks>
/// Column by column: the library's own way for whole batches (ParquetSharp 25.0.1 with Apache.Arrow 18.0) frees memory that it still uses and ends the process.
/// </remarks>
internal sealed class FrameFiles : IDisposable
{
    private ParquetFileWriter? writer;
    private string path = "";
    private List<(string Name, IArrowType Type, ParquetCells Cells)>? columns;

    /// <summary>Writes an episode; into the same file as the one before it while the name is the same.</summary>
    /// <exception cref="DatasetException">A column is of another kind than in the episodes before, or of one that is not written.</exception>
    public void Write(string file, IReadOnlyList<(string Name, IArrowArray Values)> rows)
    {
        columns ??= [.. rows.Select(r => (r.Name, r.Values.Data.DataType, CellsOf(r.Name, r.Values.Data.DataType)))];
        foreach (var ((name, type, _), (_, values)) in columns.Zip(rows))
            if (!ArrowCells.IsSameKind(type, values.Data.DataType)) throw new DatasetException($"{name} is kept as {Word(values.Data.DataType)} in one set and as {Word(type)} in another");
        if (file != path)
        {
            Close();
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            (path, writer) = (file, new ParquetFileWriter(file, [.. columns.Select(c => c.Cells.Column(c.Name))], Compression.Snappy));
        }
        using var group = writer!.AppendRowGroup();
        foreach (var ((_, _, cells), (_, values)) in columns.Zip(rows)) cells.Write(group, values);
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

    public void Dispose() => writer?.Dispose();

    private static ParquetCells CellsOf(string name, IArrowType type)
    {
        try
        {
            return ParquetCells.Of(type);
        }
        catch (NotSupportedException e)
        {
            throw new DatasetException($"{name}: {e.Message}", e);
        }
    }

    private static string Word(IArrowType type) => type is NestedType { Fields: [var item, ..] } ? $"{type.Name} of {Word(item.DataType)}" : type.Name;
}
