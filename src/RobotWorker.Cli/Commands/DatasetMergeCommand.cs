using System.CommandLine;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset merge DIR DIR ... --out OUT</c>: one set of several.</summary>
internal static class DatasetMergeCommand
{
    public static Command Build()
    {
        var folders = new Argument<string[]>("dir") { Description = "The folders of two or more data sets of the same features, robot and frame rate", Arity = new(2, 1000) };
        var output = DatasetArguments.Out("The folder of the new set");
        var twice = new Option<bool>("--allow-duplicates") { Description = "Keep an episode that is in several sets as often as it is there" };
        var command = new Command("merge", "Makes one set of several: tasks and subtasks are numbered anew, videos are not encoded anew") { folders, output, twice };
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(parsed.GetRequiredValue(folders), parsed.GetRequiredValue(output), parsed.GetValue(twice), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string[] folders, string output, bool twice, Action<SetProgress> told, CancellationToken cancel)
    {
        var sets = new List<StoredSet>();
        try
        {
            foreach (var folder in folders) sets.Add(await StoredSet.OpenAsync(folder));
            var episodes = await SetMerge.EpisodesAsync(sets, twice, cancel);
            await DatasetRun.Write(output, sets[0].Version, new(Path.GetFileName(Path.TrimEndingDirectorySeparator(output)), $"Put together from {string.Join(", ", sets.Select(s => s.Name))}.", episodes), told, cancel);
            return ExitCode.Success;
        }
        finally
        {
            foreach (var set in sets) set.Dispose();
        }
    }
}
