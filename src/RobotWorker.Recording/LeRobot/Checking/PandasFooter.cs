using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>
/// The footer key <c>pandas</c>. LeRobot looks a task's text up in the index of the data frame, and pyarrow makes an index only of what this key names; without it the
/// index is the row number, and every task is called 0, 1, 2.
/// </summary>
internal static class PandasFooter
{
    private const string Where = "footer key pandas";

    public static void Check(ParquetTable table, string file, string index, Findings findings)
    {
        if (!table.Footer.TryGetValue("pandas", out var text))
        {
            findings.Error(file, Where, $"is missing, must be a JSON object whose index_columns is [\"{index}\"]");
            return;
        }
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) findings.Error(file, Where, $"is {JsonFields.Shown(document.RootElement)}, must be a JSON object");
            else Check(document.RootElement, file, index, findings);
        }
        catch (JsonException e)
        {
            findings.Error(file, Where, $"is not valid JSON ({e.Message.Split('\n')[0]})");
        }
    }

    private static void Check(JsonElement root, string file, string index, Findings findings)
    {
        if (!root.TryGetProperty("index_columns", out var indices)) findings.Error(file, $"{Where}, index_columns", $"is missing, must be [\"{index}\"]");
        else if (indices.ValueKind != JsonValueKind.Array || indices.GetArrayLength() != 1 || indices[0].ValueKind != JsonValueKind.String || indices[0].GetString() != index)
            findings.Error(file, $"{Where}, index_columns", $"is {JsonFields.Shown(indices)}, must be [\"{index}\"]");

        // pyarrow's table_to_dataframe takes name, pandas_type and numpy_type of each column without asking whether they are there.
        const string Right = "must have an object with name, pandas_type and numpy_type for each column";
        var entries = root.TryGetProperty("columns", out var columns) && columns.ValueKind == JsonValueKind.Array ? columns.EnumerateArray().ToList() : [];
        if (entries.FirstOrDefault(e => !IsDescribed(e)) is { ValueKind: not JsonValueKind.Undefined } poor)
            findings.Error(file, $"{Where}, columns", $"has {JsonFields.Shown(poor)}, {Right}");
        else if (!entries.Any(e => (e.TryGetProperty("field_name", out var field) ? field : e.GetProperty("name")).ToString() == index))
            findings.Error(file, $"{Where}, columns", $"does not describe {index}, {Right}");
    }

    private static bool IsDescribed(JsonElement column) => column.ValueKind == JsonValueKind.Object
        && column.TryGetProperty("name", out _) && column.TryGetProperty("pandas_type", out _) && column.TryGetProperty("numpy_type", out _);
}
