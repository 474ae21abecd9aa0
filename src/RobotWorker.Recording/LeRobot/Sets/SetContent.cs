using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What a new set is made of.</summary>
/// <param name="Name">For people.</param>
/// <param name="Origin">How it came about, in a sentence.</param>
/// <param name="Episodes">At least one, in their order; all of sets of the same layout (<see cref="SetDifferences"/>).</param>
public sealed record SetContent(string Name, string Origin, ImmutableArray<SourceEpisode> Episodes)
{
    /// <summary>The sets that they come from.</summary>
    public IEnumerable<StoredSet> Sources => Episodes.Select(e => e.Set).Distinct();

    /// <summary>What all of them have in common is taken from the first.</summary>
    internal StoredSet Layout => Episodes[0].Set;

    internal int Frames => Episodes.Sum(e => e.Episode.Length);

    /// <summary>All episodes of a set, or those that are wanted.</summary>
    public static ImmutableArray<SourceEpisode> Of(StoredSet set, Func<StoredEpisode, bool>? wanted = null) => [.. set.Episodes.Where(wanted ?? (_ => true)).Select(e => new SourceEpisode(set, e))];
}

/// <summary>An episode, and whose it is.</summary>
public sealed record SourceEpisode(StoredSet Set, StoredEpisode Episode);

/// <summary>How far long work has come.</summary>
/// <param name="What">Is being done: films, frames.</param>
public sealed record SetProgress(string What, int Done, int All);
