using System.Collections.Immutable;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Generation.Generate;

/// <summary>Tells each episode of a pair where the others stand: which set they are in, and at which number there.</summary>
internal static class PairPlaces
{
    /// <param name="episodes">Of all sets, in the order in which they stand in their own.</param>
    /// <param name="setOf">The name of an episode's set.</param>
    /// <exception cref="InvalidDataException">Two are the same one of a pair.</exception>
    public static List<DatasetEpisode> Filled(IReadOnlyList<DatasetEpisode> episodes, Func<DatasetEpisode, string> setOf)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new Dictionary<long, ImmutableSortedDictionary<PairRole, (string Set, int Index)>>();
        foreach (var episode in episodes)
        {
            var set = setOf(episode);
            var index = counts[set] = counts.GetValueOrDefault(set, -1) + 1;
            if (episode.Provenance is not { Pair: { } pair, Seed: var seed }) continue;
            var others = pairs.GetValueOrDefault(seed, ImmutableSortedDictionary<PairRole, (string, int)>.Empty);
            if (others.ContainsKey(pair.Role)) throw new InvalidDataException($"two episodes of the seed {seed} are both {pair.Role}: the folder of episodes was changed by hand; take one of them away, and --resume makes it anew");
            pairs[seed] = others.Add(pair.Role, (set, index));
        }
        return [.. episodes.Select(e => e.Provenance.Pair is { } pair ? e with { Twins = Others(pairs[e.Provenance.Seed].Remove(pair.Role), setOf(e)) } : e)];
    }

    private static ImmutableSortedDictionary<PairRole, TwinPlace> Others(ImmutableSortedDictionary<PairRole, (string Set, int Index)> others, string own) =>
        others.ToImmutableSortedDictionary(o => o.Key, o => new TwinPlace(o.Value.Set == own ? "" : o.Value.Set, o.Value.Index));
}
