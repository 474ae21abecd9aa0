namespace RobotWorker.MuJoCo;

/// <summary>The most similar of some names, for messages.</summary>
internal static class Nearest
{
    /// <summary>The name with the fewest edits (Levenshtein, case ignored); the first of equals; null when there are none.</summary>
    public static string? Of(string name, IReadOnlyList<string> names) => names.MinBy(candidate => Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant()));

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row[b.Length];
    }
}
