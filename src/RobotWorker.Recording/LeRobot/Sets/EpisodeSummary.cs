using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What the metadata of a new set says of one of its episodes.</summary>
/// <param name="FirstIndex">The global position of its first frame.</param>
/// <param name="DataFile">In which data file it is.</param>
internal sealed record EpisodeSummary(
    SourceEpisode Source, ImmutableArray<string> Tasks, int FirstIndex, int DataFile, ImmutableSortedDictionary<string, FeatureStatistics> Numbers, ImmutableSortedDictionary<string, PictureStatistics> Pictures)
{
    public int Length => Source.Episode.Length;
}

/// <summary>A new set, but for its frames and films.</summary>
/// <param name="Folder">Where it is written.</param>
/// <param name="Numbers">Statistics over all its frames.</param>
internal sealed record SetSummary(
    string Folder, SetContent Content, ImmutableArray<EpisodeSummary> Episodes, ImmutableArray<string> Tasks, ImmutableArray<string> Subtasks, ImmutableSortedDictionary<string, FeatureStatistics> Numbers)
{
    /// <summary>By the feature's key, where every episode has some.</summary>
    public ImmutableSortedDictionary<string, PictureStatistics> Pictures => Content.Layout.Features
        .Where(f => f.IsPicture && Episodes.All(e => e.Pictures.ContainsKey(f.Key)))
        .ToImmutableSortedDictionary(f => f.Key, f => PictureStatistics.Together([.. Episodes.Select(e => e.Pictures[f.Key])]), StringComparer.Ordinal);

    /// <summary>The columns that the format does not ask for, of all sources: each with its kind and the cells of the episodes.</summary>
    public IEnumerable<OwnColumn> Own()
    {
        var twins = new SetTwins(Content.Episodes);
        foreach (var name in Content.Sources.SelectMany(s => s.Own).Select(o => o.Name).Distinct())
        {
            var columns = Content.Sources.Select(s => s.Own.FirstOrDefault(o => o.Name == name)).OfType<OwnColumn>().ToList();
            var kind = columns.Select(c => (CellKind?)c.Kind).Aggregate((a, b) => a is { } one && b is { } other ? SetDifferences.Kind(one, other) : null);
            yield return new(name, kind ?? throw new DatasetException($"meta/episodes' {name} is of different kinds"), columns[0].IsList,
                [.. Episodes.Select((e, i) => SetTwins.Columns.Contains(name) ? twins.Cell(name, i) : e.Source.Set.Value(name, e.Source.Episode.Number))]);
        }
    }
}
