using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What a set holds, at a glance.</summary>
/// <param name="Tasks">What the robot was told, with the number of episodes.</param>
/// <param name="Lengths">In frames.</param>
/// <param name="Outcomes">Success and what became of the others; empty where the set does not tell. So are <paramref name="Faults"/>.</param>
/// <param name="Faults">What struck, "none" among them, with the number of episodes.</param>
/// <param name="Recoveries">How often something was made good; null where the set does not tell.</param>
/// <param name="Subtasks">With the number of frames.</param>
/// <param name="Cameras">With width and height.</param>
public sealed record SetStatistics(
    string Name, string Version, string? Robot, int Episodes, long Frames, double Seconds, int FramesPerSecond, ImmutableArray<Counted> Tasks, Spread Lengths, ImmutableArray<Counted> Outcomes, ImmutableArray<Counted> Faults, RecoveryCount? Recoveries,
    ImmutableArray<Counted> Subtasks, ImmutableArray<CameraSize> Cameras, ImmutableArray<FeatureRange> Features)
{
    /// <summary>The length of each episode, in frames.</summary>
    [JsonIgnore]
    public ImmutableArray<int> EpisodeLengths { get; init; } = [];

    /// <param name="told">Told after each episode.</param>
    /// <exception cref="DatasetException">The set is damaged.</exception>
    public static async Task<SetStatistics> OfAsync(StoredSet set, Action<SetProgress> told, CancellationToken cancel)
    {
        var columns = set.Columns.Where(c => c.IsNumeric && !c.IsPosition).ToList();
        var values = columns.ToDictionary(c => c.Key, _ => new List<double[]>());
        var subtasks = new List<int>();
        foreach (var episode in set.Episodes)
        {
            cancel.ThrowIfCancellationRequested();
            var numbers = await set.NumbersAsync(episode);
            foreach (var column in columns) values[column.Key].Add(numbers[column.Key]);
            if (numbers.TryGetValue(DatasetLayout.Subtask, out var some)) subtasks.AddRange(some.Select(n => (int)n));
            told(new("frames", episode.Number + 1, set.Episodes.Length));
        }
        return new(
            set.Name, set.Version == SetVersion.V30 ? "v3.0" : "v2.1", set.RobotType, set.Episodes.Length, set.Frames, (double)set.Frames / set.FramesPerSecond, set.FramesPerSecond,
            Count(set.Episodes.Select(e => string.Join(" / ", e.Tasks))), Spread.Of(set.Episodes.Select(e => (double)e.Length)), OutcomesOf(set), FaultsOf(set), RecoveriesOf(set),
            Count(subtasks.Select(n => n >= 0 && n < set.Subtasks.Length ? set.Subtasks[n] : $"subtask {n}")), [.. set.Cameras.Select(c => new CameraSize(c.Key, c.Shape[1], c.Shape[0]))],
            [.. columns.SelectMany(c => FeatureRange.Of(c, [.. values[c.Key].SelectMany(v => v)]))]) { EpisodeLengths = [.. set.Episodes.Select(e => e.Length)] };
    }

    private static ImmutableArray<Counted> OutcomesOf(StoredSet set)
    {
        if (set.Own.FirstOrDefault(o => o is { Name: "success", Kind: CellKind.Truth, IsList: false }) is not { } success) return [];
        return Count(set.Episodes.Select(e => success.Values[e.Number] switch
        {
            true => "succeeded",
            false => set.Value("failure_mode", e.Number) is string mode && mode != "none" ? $"failed: {mode.Replace('_', ' ')}" : "failed",
            _ => "unknown",
        }));
    }

    private static ImmutableArray<Counted> FaultsOf(StoredSet set) =>
        set.Own.Any(o => o is { Name: "fault", Kind: CellKind.Text, IsList: false }) ? Count(set.Episodes.Select(e => set.Value("fault", e.Number) is string { Length: > 0 } fault ? fault : "none")) : [];

    private static RecoveryCount? RecoveriesOf(StoredSet set)
    {
        if (set.Own.FirstOrDefault(o => o is { Name: "recoveries", Kind: CellKind.Whole, IsList: false }) is not { } recoveries) return null;
        var counts = recoveries.Values.Select(v => v as long? ?? 0).ToList();
        return new(counts.Sum(), counts.Count(c => c > 0));
    }

    private static ImmutableArray<Counted> Count(IEnumerable<string> words) =>
        [.. words.CountBy(w => w).Select(w => new Counted(w.Key, w.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.What, StringComparer.Ordinal)];
}

/// <param name="Count">Of episodes, or frames.</param>
public sealed record Counted(string What, int Count);

/// <param name="Episodes">That have one or more.</param>
public sealed record RecoveryCount(long Recoveries, int Episodes);

public sealed record CameraSize(string Key, int Width, int Height);

public sealed record Spread(double Min, double Median, double Max)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
    }
}

/// <summary>What the numbers of a dimension range over.</summary>
public sealed record FeatureRange(string Feature, string Name, double Min, double Q01, double Median, double Q99, double Max, double Mean, double Std)
{
    internal static IEnumerable<FeatureRange> Of(SetFeature feature, double[] values)
    {
        var all = FeatureStatistics.Of(values, feature.Width);
        double Quantile(string name, int dimension) => all.Quantiles.First(q => q.Name == name).Values[dimension];
        return feature.Names.Select((name, i) => new FeatureRange(feature.Key, name, all.Least[i], Quantile("q01", i), Quantile("q50", i), Quantile("q99", i), all.Most[i], all.Mean[i], all.Deviation[i]));
    }
}
