using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>meta/stats.json and the statistics of each episode, against those computed afresh. Training normalises with them: a wrong one spoils it silently.</summary>
internal static class StatisticsCheck
{
    private static readonly ImmutableArray<string> Names = ["min", "max", "mean", "std", "count", "q01", "q10", "q50", "q90", "q99"];

    // Each is at most the next.
    private static readonly ImmutableArray<string> Rising = ["min", "q01", "q10", "q50", "q90", "q99", "max"];

    /// <param name="values">The values of a feature over all rows, or null where they are not known.</param>
    public static void Check(string folder, Info info, Func<Feature, double[]?> values, ImmutableArray<Segment>? segments, EpisodeTable? table,
        Findings findings, CancellationToken cancel)
    {
        var json = findings.Read(folder, DatasetFiles.Stats, path => new JsonFields(JsonFields.Parse(path), DatasetFiles.Stats, "", findings));
        if (json is { Object.ValueKind: not JsonValueKind.Object })
        {
            json.Wrong("", "must be an object with an entry for each feature");
            json = null;
        }
        foreach (var feature in info.Features.Where(f => f.IsNumeric || f.IsVideo))
        {
            cancel.ThrowIfCancellationRequested();
            var known = feature.IsVideo ? null : values(feature);
            if (json is not null) CheckTotal(json, feature, known, info.Frames, findings);
            if (table is null) continue;
            if (feature.IsVideo) CheckPictures(table, feature, findings);
            else if (known is not null && segments is { } episodes && episodes.Length == table.Rows) CheckEpisodes(table, feature, known, episodes, findings);
        }
        if (json is null) return;
        foreach (var entry in json.Object.EnumerateObject().Where(e => !info.Knows(e.Name)))
            findings.Warn(DatasetFiles.Stats, entry.Name, "is no feature of info.json: statistics of nothing");
    }

    private static void CheckTotal(JsonFields json, Feature feature, double[]? values, long? frames, Findings findings)
    {
        if (json.Get(feature.Key, $"an object with {string.Join(", ", Names)}") is not { } entry) return;
        var fields = new JsonFields(entry, json.File, $"{feature.Key}.", findings);
        var said = new Dictionary<string, double[]>();
        foreach (var name in Names)
        {
            var shape = name == "count" ? [1] : feature.StatisticsShape;
            if (fields.Get(name, $"numbers of shape [{string.Join(", ", shape)}]") is not { } value) continue;
            if (JsonNumbers.Read(value, shape) is { } numbers) said[name] = numbers;
            else fields.Wrong(name, $"is {JsonFields.Shown(value)}, must be numbers of shape [{string.Join(", ", shape)}]");
        }
        if (feature.IsVideo)
        {
            foreach (var (name, problem) in OfPictures(name => said.GetValueOrDefault(name), frames)) fields.Wrong(name, problem);
        }
        else if (values is { Length: > 0 })
        {
            var right = new Summary(values, feature.Width, new(0, values.Length / feature.Width));
            foreach (var (name, numbers) in said)
                if (right.Difference(name, numbers) is { } problem) fields.Wrong(name, problem);
        }
    }

    private static void CheckEpisodes(EpisodeTable table, Feature feature, double[] values, ImmutableArray<Segment> episodes, Findings findings)
    {
        var said = Columns(table, feature, findings);
        if (said.Count == 0) return;
        var right = episodes.Select(e => new Summary(values, feature.Width, e)).ToList();
        foreach (var (name, numbers) in said)
        {
            var width = name == "count" ? 1 : feature.Width;
            table.Each(ColumnOf(feature, name), e => right[e].Difference(name, numbers.AsSpan(e * width, width)), findings);
        }
    }

    private static void CheckPictures(EpisodeTable table, Feature feature, Findings findings)
    {
        var said = Columns(table, feature, findings);
        if (said.Count == 0) return;
        var wrong = Enumerable.Range(0, table.Rows)
            .SelectMany(e => OfPictures(name => Of(e, name), null).Select(w => (Episode: e, w.Name, w.Problem)))
            .ToLookup(w => w.Name);
        foreach (var column in wrong) table.Each(ColumnOf(feature, column.Key), e => column.Where(w => w.Episode == e).Select(w => w.Problem).FirstOrDefault(), findings);

        double[]? Of(int episode, string name) =>
            said.TryGetValue(name, out var all) && all.Length / table.Rows is var width ? all[(episode * width)..((episode + 1) * width)] : null;
    }

    private static Dictionary<string, double[]> Columns(EpisodeTable table, Feature feature, Findings findings)
    {
        var said = new Dictionary<string, double[]>();
        var prefix = ColumnOf(feature, "");
        foreach (var column in table.Files.SelectMany(f => f.Table.Columns).Select(c => c.Name).Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Distinct().ToList())
        {
            var name = column[prefix.Length..];
            if (Summary.Knows(name) && table.Lists(column, name == "count" ? [1] : feature.StatisticsShape, findings) is { } numbers) said[name] = numbers;
        }
        return said;
    }

    private static string ColumnOf(Feature feature, string statistic) => $"stats/{feature.Key}/{statistic}";

    // Pictures are summed up from samples, which nobody can take again from a video exactly: they are held to what must be so whatever was sampled.
    private static IEnumerable<(string Name, string Problem)> OfPictures(Func<string, double[]?> said, long? frames)
    {
        if (said("count") is { } count && !(count[0] >= 1 && count[0] <= (frames ?? double.MaxValue)))
            yield return ("count", $"is {count[0]}, must be {(frames is null ? "1 or more" : $"from 1 to {frames}")}: the frames that were sampled");
        var told = new HashSet<string>();
        foreach (var name in Names.Where(n => n != "count"))
        {
            if (said(name) is not { } numbers || numbers.All(n => n is >= 0 and <= 1)) continue;
            told.Add(name);
            yield return (name, $"has {numbers.First(n => n is not (>= 0 and <= 1))} in it, must be within 0 and 1: pixels are scaled");
        }
        for (var i = 1; i < Rising.Length; i++)
        {
            if (told.Contains(Rising[i - 1]) || told.Contains(Rising[i])) continue;
            if (said(Rising[i - 1]) is { } low && said(Rising[i]) is { } high && low.Zip(high).Any(pair => pair.First > pair.Second))
                yield return (Rising[i], $"is less than {Rising[i - 1]}, must be at least as much");
        }
        if (!told.Contains("mean") && said("mean") is { } mean && said("min") is { } min && said("max") is { } max && !told.Contains("min") && !told.Contains("max")
            && Enumerable.Range(0, mean.Length).Any(i => mean[i] < min[i] || mean[i] > max[i]))
            yield return ("mean", "is not between min and max");
    }
}
