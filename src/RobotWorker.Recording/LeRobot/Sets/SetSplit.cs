using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Chance;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <param name="Share">Of all episodes, on the average.</param>
public sealed record SetPart(string Name, double Share);

/// <summary>Which part of a split each episode belongs to. It depends on the episode alone: a set that has grown, or was filtered before, is split the same way.</summary>
public static class SetSplit
{
    /// <summary>Reads <c>train=0.8,val=0.2</c>.</summary>
    /// <exception cref="DatasetException">It is not so.</exception>
    public static ImmutableArray<SetPart> Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<SetPart>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('=') is not [var name, var share] || !IsName(name.Trim())) throw new DatasetException($"'{part}' must be a name and a share, such as train=0.8");
            if (!double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number > 0 && number <= 1)) throw new DatasetException($"the share of '{name.Trim()}' is '{share}', must be more than 0 and at most 1");
            if (parts.Any(p => p.Name == name.Trim())) throw new DatasetException($"'{name.Trim()}' is given twice");
            parts.Add(new(name.Trim(), number));
        }
        var sum = parts.Sum(p => p.Share);
        if (Math.Abs(sum - 1) > 1e-6) throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"the shares make {sum:0.######}, must make 1: each episode belongs to one part"));
        return parts.ToImmutable();
    }

    /// <returns>The name of its part.</returns>
    public static async Task<string> PartAsync(StoredSet set, StoredEpisode episode, ImmutableArray<SetPart> parts, ulong seed) =>
        PartOf(await EpisodeIdentity.WorldAsync(set, episode), parts, seed);

    internal static string PartOf(string identity, ImmutableArray<SetPart> parts, ulong seed)
    {
        var at = RandomStream.For(seed, identity, "split").NextDouble();
        foreach (var part in parts)
            if ((at -= part.Share) < 0) return part.Name;
        return parts[^1].Name;
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
