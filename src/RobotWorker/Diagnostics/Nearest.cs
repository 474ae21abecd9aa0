namespace RobotWorker.Diagnostics;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
public static class Nearest
{
    private const int MostNamed = 12;

    /// <summary>"did you mean 'x'?" for the closest candidate within a third of the word's length, else the list of what there is.</summary>
    public static string Help(string word, IReadOnlyCollection<string> candidates)
    {
        var best = To(word, candidates);
        if (best is not null) return $"did you mean '{best}'?";
        return candidates.Count == 0 ? "there is none" : $"there is: {string.Join(", ", candidates.Order(StringComparer.Ordinal).Take(MostNamed))}{(candidates.Count > MostNamed ? $" and {candidates.Count - MostNamed} more" : "")}";
    }

    public static string? To(string word, IEnumerable<string> candidates) =>
        candidates.Select(c => (Word: c, Distance: Distance(word, c)))
            .Where(c => c.Distance <= Math.Max(1, word.Length / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word).FirstOrDefault();

    /// <summary>Edit distance, case ignored; two neighbours swapped are one edit (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        // Three rows are enough; a word far longer than any name is no typing mistake.
        if (Math.Abs(a.Length - b.Length) > Math.Max(1, a.Length / 3)) return int.MaxValue;
        var before = new int[b.Length + 1];
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above) = (above, row);
        }
        return above[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
