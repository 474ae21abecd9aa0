using Parquet;
using Parquet.Schema;

namespace RobotWorker.Recording.LeRobot;

/// <summary>Writes a whole Parquet file: Snappy, with a row group for each of the given numbers of rows.</summary>
internal static class ParquetTableWriter
{
    public static async Task WriteAsync(string file, IReadOnlyList<ParquetColumn> columns, IEnumerable<int> groups, IReadOnlyDictionary<string, string>? footer = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = File.Create(file);
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(c => c.Field)), stream, new() { CompressionMethod = CompressionMethod.Snappy });
        if (footer is not null) writer.CustomMetadata = footer;
        var first = 0;
        foreach (var count in groups)
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in columns) await column.WriteAsync(group, first, count);
            first += count;
        }
    }
}
