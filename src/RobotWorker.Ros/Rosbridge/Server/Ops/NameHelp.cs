namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>Says which known name somebody may have meant.</summary>
internal static class NameHelp
{
    /// <summary><c>no such operation 'publsh'; did you mean 'publish'?</c></summary>
    public static string Of(string problem, string name, IEnumerable<string> known)
    {
        var shown = name.Length <= 100 ? name : name[..100] + "...";
        return Nearest(name, known) is { } near ? $"{problem} '{shown}'; did you mean '{near}'?" : $"{problem} '{shown}'";
    }

    /// <summary>The known name with the fewest letters to change, or null when none is near: more than a third would have to change.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length > 200) return null;
        return known
            .Select(candidate => (candidate, distance: Math.Abs(candidate.Length - name.Length) > name.Length / 3 + 1 ? int.MaxValue : Distance(name, candidate)))
            .Where(at => at.distance <= Math.Max(2, name.Length / 3))
            .OrderBy(at => at.distance).ThenBy(at => at.candidate, StringComparer.Ordinal)
            .Select(at => at.candidate).FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, _) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
