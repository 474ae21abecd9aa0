using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>meta/tasks.parquet and meta/subtasks.parquet: texts by their number, with the text in the pandas index.</summary>
internal static class TextTable
{
    /// <param name="text">The column of the texts: task or subtask.</param>
    /// <returns>The texts by number, or null where they cannot be known.</returns>
    public static ImmutableArray<string>? Read(string folder, string file, string text, Findings findings)
    {
        var number = $"{text}_index";
        var read = findings.Read(folder, file, path =>
        {
            using var table = new ParquetTable(path);
            PandasFooter.Check(table, file, text, findings);
            var (numbers, texts) = (table.Find(number), table.Find(text));
            var isNumbered = Holds(numbers, "int64", number);
            if (!Holds(texts, "string", text) || !isNumbered) return null;
            foreach (var other in table.Columns.Where(c => c.Name != number && c.Name != text))
                findings.Error(file, other.Name, $"is no column of this file, must be {number} and {text} alone");
            return new Columns(table.Read(numbers!), table.Read(texts!));
        });
        if (read is null) return null;
        var hasNulls = findings.Rows(file, number, read.Numbers.Nulls());
        if (findings.Rows(file, text, read.Texts.Nulls()) || hasNulls) return null;
        findings.Rows(file, number, read.Numbers.Numbers.Select((n, row) => ((long)row, n)).Where(r => r.n != r.Item1)
            .Select(r => (r.Item1, $"is {r.n}, must be {r.Item1}: the rows stand in the order of {number}, which counts from 0")));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        findings.Rows(file, text, read.Texts.Texts.Select((t, row) => ((long)row, t)).Where(r => !seen.Add(r.t))
            .Select(r => (r.Item1, $"is \"{r.t}\", which an earlier row is: each text stands once")));
        return [.. read.Texts.Texts];

        bool Holds(ColumnType? column, string dtype, string name)
        {
            if (column is { Depth: 0, Leaves: 1 } && Dtypes.Fits(dtype, column)) return true;
            findings.Error(file, name, column is null ? $"the column is missing, must be {dtype}" : $"the column is {column}, must be {dtype}");
            return false;
        }
    }

    private sealed record Columns(ColumnData Numbers, ColumnData Texts);
}
