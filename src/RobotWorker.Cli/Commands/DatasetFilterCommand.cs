using System.CommandLine;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset filter DIR --out OUT --where CONDITION</c>: a set of those episodes of another that are so.</summary>
internal static class DatasetFilterCommand
{
    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var output = DatasetArguments.Out("The folder of the new set");
        var where = new Option<string>("--where")
        {
            Description = "Which episodes, by the columns of meta/episodes and by episode_index, length, seconds and task, such as \"success == true && recoveries > 0 && (length < 300 || task ~ 'red cup')\"", HelpName = "CONDITION", Required = true,
        };
        var command = new Command("filter", "Makes a set of those episodes of another that meet a condition; videos are not encoded anew") { folder, output, where };
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), parsed.GetRequiredValue(where), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string output, string where, Action<SetProgress> told, CancellationToken cancel)
    {
        using var set = await StoredSet.OpenAsync(folder);
        var some = SetContent.Of(set, EpisodeFilter.Parse(set, where));
        if (some.IsEmpty)
        {
            Console.Error.WriteLine($"No episode of {folder} is so. Nothing was made.");
            return ExitCode.Failed;
        }
        await DatasetRun.Write(output, set.Version, new(Path.GetFileName(Path.TrimEndingDirectorySeparator(output)), $"Those of the {set.Episodes.Length} episodes of {set.Name} for which `{where}`.", some), told, cancel);
        return ExitCode.Success;
    }
}
