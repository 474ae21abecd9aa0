using System.Globalization;

namespace RobotWorker.Recording.LeRobot;

/// <summary>README.md of a set: what it holds, where it comes from, and how one trains on it (https://huggingface.co/docs/hub/datasets-cards).</summary>
internal static class DataCard
{
    public static string Of(DatasetLayout layout, string name, IReadOnlyList<DatasetEpisode> episodes)
    {
        var frames = episodes.Sum(e => e.Length);
        var (version, simulator) = (episodes[0].Provenance.Version, episodes[0].Provenance.Simulator);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ---
            license: apache-2.0
            task_categories: [robotics]
            tags: [LeRobot, simulation, {layout.RobotType}]
            configs:
            - config_name: default
              data_files: data/*/*.parquet
            ---
            # {name}

            {episodes.Count} episodes, {frames} frames at {layout.FramesPerSecond} a second ({(double)frames / layout.FramesPerSecond:0} s), of the robot `{layout.RobotType}` in simulation ({simulator}).
            Made by RobotWorker {version}: its executor and skills did the task, and no person demonstrated anything. Geometry and textures are the project's own.

            | | episodes |
            |---|---|
            {Rows(episodes.GroupBy(e => $"told \"{e.Task}\""))}
            {Rows(episodes.GroupBy(e => e.Provenance.Fault.Length > 0 ? $"struck by {e.Provenance.Fault}" : "without a fault"))}
            {Rows(episodes.GroupBy(e => e.Provenance.Succeeded ? "succeeded" : $"failed: {e.Provenance.FailureMode}"))}
            | with a recovery | {episodes.Count(e => e.Provenance.Recoveries > 0)} |{Pairs(episodes)}

            | feature | dimensions |
            |---|---|
            {string.Join('\n', layout.Features.Select(f => $"| `{f.Key}` | {string.Join(", ", f.Names)} |"))}
            {string.Join('\n', layout.Cameras.Select(c => $"| `{c.Key}` | {c.Width} x {c.Height} pixels |"))}

            {Beside(layout)}`action` of a frame is what the drives were told at its end. Labels (`label.*`, `next.*`, `subtask_index`) are nothing that a policy shall see.

            ## Training

            The commands of LeRobot 0.4; they were not run here.

                lerobot-train --policy.type=act --policy.push_to_hub=false --dataset.repo_id=local/{name} --dataset.root=.
                lerobot-train --policy.path=lerobot/smolvla_base --policy.push_to_hub=false --dataset.repo_id=local/{name} --dataset.root=.

            """);
    }

    private static string Beside(DatasetLayout layout)
    {
        var kept = layout.Cameras.SelectMany(c => c.Sidecars).Distinct().Order().Select(kind => kind.Word()).ToList();
        return kept.Count == 0 ? "" : $"`sidecars` has {string.Join(" and ", kept)}, which `meta/cameras.json` explains, with the cameras' lenses and poses.\n";
    }

    private static string Pairs(IReadOnlyList<DatasetEpisode> episodes)
    {
        var paired = episodes.Where(e => e.Provenance.Pair is not null).ToList();
        if (paired.Count == 0) return "";
        // Twins have one seed, and no other pair has it.
        var pairs = paired.Select(e => e.Provenance.Seed).Distinct().Count();
        var roles = Enum.GetValues<PairRole>().Select(role => string.Create(CultureInfo.InvariantCulture, $"{paired.Count(e => e.Provenance.Pair!.Role == role)} {PairColumns.Word(role)}"));
        return string.Create(CultureInfo.InvariantCulture, $"\n| of {pairs} {(pairs == 1 ? "pair" : "pairs")}: {string.Join(", ", roles)} (what is missing is in the set beside this one) | {paired.Count} |");
    }

    private static string Rows(IEnumerable<IGrouping<string, DatasetEpisode>> groups) =>
        string.Join('\n', groups.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"| {g.Key} | {g.Count()} |"));
}
