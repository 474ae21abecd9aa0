using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A Parquet file in memory, as Apache's own library holds it: a column of a kind that nobody here thought of is carried as it is.</summary>
internal sealed class ArrowTable : IDisposable
{
    private readonly List<RecordBatch> batches;

    private ArrowTable(string file, Schema schema, List<RecordBatch> batches) => (File, Schema, this.batches) = (file, schema, batches);

    public string File { get; }

    public Schema Schema { get; }

    public int Rows => batches.Sum(b => b.Length);

    /// <exception cref="DatasetException">It is missing, or no Parquet.</exception>
    public static async Task<ArrowTable> ReadAsync(string file)
    {
        if (!System.IO.File.Exists(file)) throw new DatasetException($"{file} is missing");
        try
        {
            using var reader = new FileReader(file);
            using var stream = reader.GetRecordBatchReader();
            var batches = new List<RecordBatch>();
            while (await stream.ReadNextRecordBatchAsync() is { } batch) batches.Add(batch);
            return new(file, stream.Schema, batches);
        }
        catch (ParquetException e)
        {
            throw new DatasetException($"{file} cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>A whole column.</summary>
    /// <exception cref="DatasetException">There is none of that name, or it is of a kind that no data set has.</exception>
    public IArrowArray Column(string name) => Slice(name, 0, Rows);

    /// <summary>Rows of a column.</summary>
    public IArrowArray Slice(string name, int first, int count)
    {
        var place = Schema.GetFieldIndex(name);
        if (place < 0) throw new DatasetException($"{File} has no column {name}");
        var parts = new List<IArrowArray>();
        foreach (var batch in batches)
        {
            var (from, to) = (Math.Max(first, 0), Math.Min(first + count, batch.Length));
            if (from < to) parts.Add(Copy(name, ArrowCells.Slice(batch.Column(place), from, to - from)));
            first -= batch.Length;
        }
        var rows = parts.Sum(p => p.Length);
        if (rows != count) throw new DatasetException($"{File} has fewer rows than meta/episodes says");
        if (parts.Count == 0) throw new DatasetException($"{File} has no rows");
        return parts.Count == 1 ? parts[0] : ArrowArrayConcatenator.Concatenate(parts);
    }

    private IArrowArray Copy(string name, IArrowArray column)
    {
        try
        {
            return ArrowCells.Copy(column);
        }
        catch (NotSupportedException e)
        {
            throw new DatasetException($"{File}: column {name}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        foreach (var batch in batches) batch.Dispose();
    }
}
