using System.CommandLine;
using System.Text.Json;
using RobotWorker.Cli.Views;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset stats DIR</c>: what a set holds, at a glance.</summary>
internal static class DatasetStatsCommand
{
    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var json = new Option<bool>("--json") { Description = "Print it as JSON" };
        var output = DatasetArguments.Output("Also draw it, into this file", ".png");
        var command = new Command("stats", "Prints what a data set holds: episodes, tasks, success, faults and recoveries, lengths, and what the numbers of each feature range over") { folder, json, output };
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(json), parsed.GetValue(output), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, bool json, string? output, Action<SetProgress> told, CancellationToken cancel)
    {
        using var set = await StoredSet.OpenAsync(folder);
        var statistics = await SetStatistics.OfAsync(set, told, cancel);
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(statistics, DatasetCommand.Options));
        else SetStatisticsView.Print(statistics, Console.Out);
        if (output is null) return ExitCode.Success;
        await File.WriteAllBytesAsync(output, StatisticsPicture.Png(statistics), cancel);
        if (!json) Console.Out.WriteLine($"\nPicture:  {output}");
        return ExitCode.Success;
    }
}
