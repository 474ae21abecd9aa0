using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Which episode an episode is, whatever set it stands in and whatever its number there.</summary>
internal static class EpisodeIdentity
{
    private const string Seed = "seed";

    // Who made it is not what it is, nor where its twins stand.
    private static readonly ImmutableHashSet<string> Elsewhere = SetTwins.Columns.Union(["generator_version", "simulator", "renderer"]);

    /// <summary>What decides about its part when sets are split: the seed, so that episodes of one world (twins, other lights) stay together. Without one, its content.</summary>
    public static async Task<string> WorldAsync(StoredSet set, StoredEpisode episode) =>
        set.Value(Seed, episode.Number) is { } seed ? string.Create(CultureInfo.InvariantCulture, $"seed {seed}") : await ContentAsync(set, episode);

    /// <summary>What two copies of an episode have in common: all that the set tells of where it comes from and what became of it. Without a seed, its content.</summary>
    public static async Task<string> OriginAsync(StoredSet set, StoredEpisode episode) => set.Value(Seed, episode.Number) is null
        ? await ContentAsync(set, episode)
        : string.Join('\n', set.Own.Where(o => !Elsewhere.Contains(o.Name)).OrderBy(o => o.Name, StringComparer.Ordinal)
            .Select(o => (o.Name, Value: o.Values[episode.Number])).Where(c => c.Value is not null).Select(c => $"{c.Name} {SetJson.Cell(c.Value, CellKind.Text)?.ToJsonString()}"));

    private static async Task<string> ContentAsync(StoredSet set, StoredEpisode episode)
    {
        var numbers = await set.NumbersAsync(episode);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var feature in set.Columns.Where(c => c.IsNumeric && !c.IsPosition).OrderBy(c => c.Key, StringComparer.Ordinal)) sum.AppendData(MemoryMarshal.AsBytes(numbers[feature.Key].AsSpan()));
        return $"content {Convert.ToHexStringLower(sum.GetHashAndReset())}";
    }
}
