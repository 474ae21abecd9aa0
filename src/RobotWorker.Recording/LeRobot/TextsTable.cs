using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>The table of texts that a column of numbers stands for: tasks, subtasks.</summary>
internal static class TextsTable
{
    /// <summary>Readers take the text from pandas' index, which the footer names.</summary>
    public static Task WriteAsync(string folder, string name, ImmutableArray<string> texts)
    {
        var pandas = new JsonObject
        {
            ["index_columns"] = new JsonArray(name), ["column_indexes"] = new JsonArray(),
            ["columns"] = new JsonArray(PandasColumn($"{name}_index", "int64", "int64"), PandasColumn(name, "unicode", "object")),
            ["creator"] = new JsonObject { ["library"] = "robotworker", ["version"] = "1" }, ["pandas_version"] = "2.2.0",
        };
        return ParquetTableWriter.WriteAsync(
            Path.Combine(folder, "meta", $"{name}s.parquet"), [ParquetColumn.Of<long>($"{name}_index", [.. texts.Select((_, i) => (long?)i)]), ParquetColumn.Of(name, texts)], [texts.Length],
            new Dictionary<string, string> { ["pandas"] = pandas.ToJsonString() });
    }

    private static JsonObject PandasColumn(string name, string pandas, string numpy) =>
        new() { ["name"] = name, ["field_name"] = name, ["pandas_type"] = pandas, ["numpy_type"] = numpy, ["metadata"] = null };
}
