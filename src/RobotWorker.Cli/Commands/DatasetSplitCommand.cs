using System.CommandLine;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset split DIR --out OUT --parts train=0.8,val=0.2</c>: sets of which no reader mixes up the episodes.</summary>
internal static class DatasetSplitCommand
{
    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var output = DatasetArguments.Out("The folder for the new sets, OUT/NAME for each part");
        var parts = new Option<string>("--parts") { Description = "The parts and the share of the episodes that each gets on the average, such as train=0.8,val=0.2", HelpName = "NAME=SHARE,...", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Another seed is another division (default 0)", HelpName = "N" };
        var command = new Command("split", "Divides a set into several by whole episodes. An episode's part depends on its own seed alone: where the set grows, what was divided stays") { folder, output, parts, seed };
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), parsed.GetRequiredValue(parts), parsed.GetValue(seed), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string output, string shares, ulong seed, Action<SetProgress> told, CancellationToken cancel)
    {
        var parts = SetSplit.Parse(shares);
        using var set = await StoredSet.OpenAsync(folder);
        var episodes = parts.ToDictionary(p => p.Name, _ => new List<SourceEpisode>());
        foreach (var episode in set.Episodes) episodes[await SetSplit.PartAsync(set, episode, parts, seed)].Add(new(set, episode));
        using var made = new NewFolder(output);
        foreach (var name in parts.Select(p => p.Name))
        {
            if (episodes[name].Count == 0)
            {
                Console.Error.WriteLine($"No episode fell to '{name}': that set is not made.");
                continue;
            }
            var below = Directory.CreateDirectory(Path.Combine(made.Path, name)).FullName;
            var content = new SetContent($"{set.Name}-{name}", $"The part '{name}' of {set.Name}, divided by `{shares}` with seed {seed}.", [.. episodes[name]]);
            DatasetRun.Tell(Path.Combine(output, name), content, await SetWriter.WriteAsync(below, set.Version, content, told, cancel));
        }
        made.Complete();
        return ExitCode.Success;
    }
}
