namespace RobotWorker.Generation.Scoring;

/// <summary>A cell of a line of a CSV file, without its quotes.</summary>
/// <param name="Column">Where it begins in the line, from 1.</param>
internal readonly record struct CsvCell(string Text, int Column)
{
    private static readonly char[] Separators = [';', '\t', ','];

    /// <summary>The separator of which the header has most; a header of one column has none.</summary>
    public static char? SeparatorOf(string header)
    {
        var most = Separators.MaxBy(separator => header.Count(c => c == separator));
        return header.Contains(most, StringComparison.Ordinal) ? most : null;
    }

    /// <summary>RFC 4180 within one line: a cell may stand in quotes, and a quote in it is written twice.</summary>
    /// <returns>Null where a quote is not closed.</returns>
    public static List<CsvCell>? Split(string line, char separator)
    {
        var cells = new List<CsvCell>();
        for (var at = 0; ;)
        {
            var begin = at;
            if (at < line.Length && line[at] == '"')
            {
                var end = at;
                do end = line.IndexOf('"', end + 1) is var quote and >= 0 ? quote : line.Length;
                while (end + 1 < line.Length && line[end + 1] == '"' && end++ >= 0);
                if (end >= line.Length) return null;
                cells.Add(new(line[(begin + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal).Trim(), begin + 1));
                at = end + 1;
                if (at < line.Length && line[at] != separator) return null;
            }
            else
            {
                at = line.IndexOf(separator, begin) is var next and >= 0 ? next : line.Length;
                cells.Add(new(line[begin..at].Trim(), begin + 1));
            }
            if (at >= line.Length) return cells;
            at++;
        }
    }
}
