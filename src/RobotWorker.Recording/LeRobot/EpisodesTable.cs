using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot;

/// <summary>The table with a row for each episode: where its frames and films are, its statistics, where it comes from.</summary>
internal static class EpisodesTable
{
    /// <param name="rows">All columns of each episode.</param>
    /// <param name="files">In which data file each is.</param>
    public static Task WriteAsync(DatasetLayout layout, string folder, IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows, int[] files)
    {
        var columns = new List<ParquetColumn>
        {
            Numbers("episode_index", (_, i) => i),
            ParquetColumn.Lists("tasks", [.. episodes.Select(e => (IReadOnlyList<string>)[e.Task])]),
            Numbers("length", (e, _) => e.Length),
            Numbers("data/chunk_index", (_, i) => files[i] / DatasetLayout.FilesInAChunk), Numbers("data/file_index", (_, i) => files[i] % DatasetLayout.FilesInAChunk),
            Numbers("dataset_from_index", (_, i) => First(i)), Numbers("dataset_to_index", (e, i) => First(i) + e.Length),
            Numbers("meta/episodes/chunk_index", (_, _) => 0), Numbers("meta/episodes/file_index", (_, _) => 0),
        };
        foreach (var key in layout.Cameras.Select(c => $"videos/{c.Key}"))
        {
            columns.Add(Numbers($"{key}/chunk_index", (_, i) => i / DatasetLayout.FilesInAChunk));
            columns.Add(Numbers($"{key}/file_index", (_, i) => i % DatasetLayout.FilesInAChunk));
            columns.Add(ParquetColumn.Of<double>($"{key}/from_timestamp", [.. episodes.Select(_ => (double?)0)]));
            columns.Add(ParquetColumn.Of<double>($"{key}/to_timestamp", [.. episodes.Select(e => (double?)e.Length / layout.FramesPerSecond)]));
        }
        columns.AddRange(OfEach(layout, episodes, rows));
        columns.AddRange(Provenance(episodes));
        if (episodes.Any(e => e.Provenance.Pair is not null)) columns.AddRange(Pairs(episodes));
        return ParquetTableWriter.WriteAsync(Path.Combine(folder, "meta", "episodes", "chunk-000", "file-000.parquet"), columns, [episodes.Count]);

        long First(int episode) => (long)rows[episode]["index"][0];

        ParquetColumn Numbers(string name, Func<DatasetEpisode, int, long> of) => ParquetColumn.Of<long>(name, [.. episodes.Select((e, i) => (long?)of(e, i))]);
    }

    /// <summary>The statistics of every episode.</summary>
    private static IEnumerable<ParquetColumn> OfEach(DatasetLayout layout, IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows)
    {
        foreach (var feature in layout.Columns)
            foreach (var column in Lists(feature.Key, [.. rows.Select(r => FeatureStatistics.Of(r[feature.Key], feature.Width))], (name, values) => ParquetColumn.Lists(name, values))) yield return column;
        foreach (var camera in layout.Cameras)
        {
            ImmutableArray<FeatureStatistics> all = [.. episodes.Select(e => FeatureStatistics.OfPictures(e.Films[camera.Name].Histogram, e.Films[camera.Name].Frames))];
            foreach (var column in Lists(camera.Key, all, ParquetColumn.Channels)) yield return column;
        }
    }

    private static IEnumerable<ParquetColumn> Lists(string key, ImmutableArray<FeatureStatistics> all, Func<string, IReadOnlyList<IReadOnlyList<double>>, ParquetColumn> column)
    {
        for (var i = 0; i < all[0].Named.Length; i++)
        {
            var place = i;
            yield return column($"stats/{key}/{all[0].Named[i].Name}", [.. all.Select(s => s.Named[place].Values)]);
        }
        yield return ParquetColumn.Lists<long>($"stats/{key}/count", [.. all.Select(s => (IReadOnlyList<long>)[s.Count])]);
    }

    private static IEnumerable<ParquetColumn> Provenance(IReadOnlyList<DatasetEpisode> episodes)
    {
        ImmutableArray<EpisodeProvenance> all = [.. episodes.Select(e => e.Provenance)];
        yield return Long("seed", p => p.Seed);
        yield return Text("spec_sha256", p => p.Spec);
        yield return Text("plan_sha256", p => p.Plan);
        yield return Text("scene_sha256", p => p.Scene);
        yield return Text("robot", p => p.Robot);
        yield return Text("simulator", p => p.Simulator);
        yield return Text("renderer", p => p.Renderer);
        yield return Text("generator_version", p => p.Version);
        yield return Long("wording_template", p => p.Wording);
        yield return Text("outcome", p => p.Outcome);
        yield return ParquetColumn.Of<bool>("success", [.. all.Select(p => (bool?)p.Succeeded)]);
        yield return ParquetColumn.Of<bool>("goal_met", [.. all.Select(p => p.GoalMet)]);
        yield return Text("failure_mode", p => p.FailureMode);
        yield return Text("fault_file", p => p.FaultFile);
        yield return Text("fault", p => p.Fault);
        yield return Double("fault_onset_s", p => p.FaultOnset);
        yield return Double("fault_end_s", p => p.FaultEnd);
        yield return Double("recovery_start_s", p => p.RecoveryStart);
        yield return Double("recovery_end_s", p => p.RecoveryEnd);
        yield return Long("recoveries", p => p.Recoveries);
        yield return Double("sampling_weight", p => p.Weight);
        yield return Text("variation", p => p.Variation);
        yield return Text("stratum", p => p.Stratum);
        yield return ParquetColumn.Of<bool>("held_out", [.. all.Select(p => (bool?)p.HeldOut)]);

        ParquetColumn Long(string name, Func<EpisodeProvenance, long> of) => ParquetColumn.Of<long>(name, [.. all.Select(p => (long?)of(p))]);
        ParquetColumn Double(string name, Func<EpisodeProvenance, double?> of) => ParquetColumn.Of<double>(name, [.. all.Select(of)]);
        ParquetColumn Text(string name, Func<EpisodeProvenance, string> of) => ParquetColumn.Of(name, [.. all.Select(of)]);
    }

    private static IEnumerable<ParquetColumn> Pairs(IReadOnlyList<DatasetEpisode> episodes)
    {
        yield return ParquetColumn.Of(PairColumns.Role, [.. episodes.Select(e => e.Provenance.Pair is { } pair ? PairColumns.Word(pair.Role) : "")]);
        yield return ParquetColumn.Of<double>(PairColumns.Onset, [.. episodes.Select(e => e.Provenance.Pair?.OnsetSeconds)]);
        foreach (var role in Enum.GetValues<PairRole>())
        {
            yield return ParquetColumn.Of(PairColumns.SetOf(role), [.. episodes.Select(e => e.Twins.GetValueOrDefault(role)?.Set ?? "")]);
            yield return ParquetColumn.Of<long>(PairColumns.IndexOf(role), [.. episodes.Select(e => (long?)e.Twins.GetValueOrDefault(role)?.Index)]);
        }
    }
}
