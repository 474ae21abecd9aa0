using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>
/// Where twins stand in a new set. One that comes along, from whichever set, has its new number; one that does not is told of no more: a number that means another episode is worse than none,
/// and by <c>seed</c> and <c>pair_role</c> it can still be found.
/// </summary>
internal sealed class SetTwins
{
    private static readonly ImmutableArray<PairRole> Roles = [.. Enum.GetValues<PairRole>()];

    /// <summary>The columns that say where: they tell of the set, and not of the episode.</summary>
    public static readonly ImmutableHashSet<string> Columns = [.. Roles.SelectMany(r => new[] { PairColumns.IndexOf(r), PairColumns.SetOf(r) })];

    private readonly ImmutableArray<SourceEpisode> episodes;
    private readonly ILookup<(string Folder, long Number), int> places;

    public SetTwins(ImmutableArray<SourceEpisode> episodes)
    {
        this.episodes = episodes;
        places = Enumerable.Range(0, episodes.Length).ToLookup(i => (FolderOf(episodes[i].Set), (long)episodes[i].Episode.Number));
    }

    /// <summary>A cell of one of <see cref="Columns"/>, in the new set.</summary>
    public object? Cell(string column, int episode)
    {
        var role = Roles.First(r => column == PairColumns.IndexOf(r) || column == PairColumns.SetOf(r));
        if (column == PairColumns.IndexOf(role)) return PlaceOf(role, episode) is { } place ? (long)place : null;
        return episodes[episode].Set.Value(column, episodes[episode].Episode.Number) is null ? null : "";
    }

    private int? PlaceOf(PairRole role, int episode)
    {
        var (set, source) = episodes[episode];
        // A column of lines of JSON in which nothing stood is one of numbers with a fraction.
        if (set.Value(PairColumns.IndexOf(role), source.Number) switch { long whole => whole, double fraction => (long)fraction, _ => (long?)null } is not { } number) return null;
        var folder = set.Value(PairColumns.SetOf(role), source.Number) is string { Length: > 0 } beside ? Path.GetFullPath(Path.Combine(FolderOf(set), "..", beside)) : FolderOf(set);
        // Where an episode is there twice, nobody knows which of them is meant.
        return places[(folder, number)].ToList() is [var place] ? place : null;
    }

    private static string FolderOf(StoredSet set) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(set.Folder));
}
