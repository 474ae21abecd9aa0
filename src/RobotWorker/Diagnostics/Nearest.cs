namespace RobotWorker.Diagnostics;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>"did you mean 'x'?" for the closest candidate within a third of the word's length, else the list of what there is.</summary>
    public static string Help(string word, IReadOnlyCollection<string> candidates)
    {
        var best = To(word, candidates);
        if (best is not null) return $"did you mean '{best}'?";
        return candidates.Count == 0 ? "there is none" : $"there is: {string.Join(", ", candidates.Order(StringComparer.Ordinal).Take(12))}";
    }

    public static string? To(string word, IEnumerable<string> candidates) =>
        candidates.Select(c => (Word: c, Distance: Distance(word, c)))
            .Where(c => c.Distance <= Math.Max(1, word.Length / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word).FirstOrDefault();

    /// <summary>Levenshtein's edit distance, case ignored.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
