using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Puts sets together.</summary>
public static class SetMerge
{
    private const int MostNamed = 10;

    /// <summary>All their episodes, set after set.</summary>
    /// <exception cref="DatasetException">They do not go together, or have an episode twice; the text names all differences.</exception>
    public static async Task<ImmutableArray<SourceEpisode>> EpisodesAsync(IReadOnlyList<StoredSet> sets, bool allowDuplicates, CancellationToken cancel)
    {
        var differences = sets.Skip(1).SelectMany(s => SetDifferences.Between(sets[0], s)).ToList();
        if (differences.Count > 0) throw new DatasetException($"the sets do not go together:\n  {string.Join("\n  ", differences)}");
        ImmutableArray<SourceEpisode> all = [.. sets.SelectMany(s => SetContent.Of(s))];
        if (allowDuplicates) return all;
        var seen = new Dictionary<string, SourceEpisode>(StringComparer.Ordinal);
        var twice = new List<string>();
        foreach (var one in all)
        {
            cancel.ThrowIfCancellationRequested();
            var origin = await EpisodeIdentity.OriginAsync(one.Set, one.Episode);
            if (seen.TryAdd(origin, one)) continue;
            twice.Add($"episode {one.Episode.Number} of {one.Set.Folder} is episode {seen[origin].Episode.Number} of {seen[origin].Set.Folder}");
        }
        if (twice.Count == 0) return all;
        throw new DatasetException($"{twice.Count} of the episodes {(twice.Count == 1 ? "is" : "are")} there twice (--allow-duplicates keeps both):\n  {string.Join("\n  ", twice.Take(MostNamed))}{(twice.Count > MostNamed ? $"\n  and {twice.Count - MostNamed} more" : "")}");
    }
}
