using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset ...</c>: data sets for training.</summary>
internal static class DatasetCommand
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build() => new("dataset", "Data sets for training, in LeRobot's format")
    {
        BuildCheck(), DatasetStatsCommand.Build(), DatasetViewCommand.Build(), DatasetFilterCommand.Build(), DatasetSplitCommand.Build(), DatasetMergeCommand.Build(), DatasetConvertCommand.Build(),
    };

    private static Command BuildCheck()
    {
        var folder = new Argument<string>("dir") { Description = "The folder of a LeRobot data set, version 3.0: the one with meta, data and videos in it" };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON" };
        var command = new Command("check", "Checks a data set as its readers would, against its own numbers and its videos, and prints what is wrong, where, and what it should be") { folder, json };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(folder), parsed.GetValue(json)));
        return command;
    }

    private static int Check(string folder, bool json)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {folder}: there is no such folder; give that of a data set, in which meta/info.json is");
            return ExitCode.BadInput;
        }
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, () => { });
        try
        {
            if (Sets(folder) is { Length: > 0 } sets)
            {
                Console.Error.WriteLine($"{Codes.UnreadFile} {folder} is no data set, it has some: check {string.Join(" and ", sets)}");
                return ExitCode.BadInput;
            }
            var findings = DatasetCheck.Run(folder, stop.Token);
            var errors = findings.Count(f => f.IsError);
            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { Ok = errors == 0, Findings = findings }, Options));
            else Print(folder, findings, errors);
            return errors == 0 ? ExitCode.Success : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
    }

    /// <summary>The data sets in a folder that is none.</summary>
    private static string[] Sets(string folder) =>
        IsSet(folder) ? [] : [.. Directory.EnumerateDirectories(folder).Where(IsSet).Order(StringComparer.Ordinal)];

    private static bool IsSet(string folder) => File.Exists(Path.Combine(folder, "meta", "info.json"));

    private static void Print(string folder, IReadOnlyCollection<Finding> findings, int errors)
    {
        foreach (var finding in findings) Console.Out.WriteLine(finding);
        var size = DatasetCheck.SizeOf(folder) is { } known ? $"{known}: " : "";
        Console.Out.WriteLine($"{folder}: {size}{(findings.Count == 0 ? "nothing wrong" : $"{errors} errors, {findings.Count - errors} warnings")}");
    }
}
