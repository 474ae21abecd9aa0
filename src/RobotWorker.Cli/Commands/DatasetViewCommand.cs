using System.CommandLine;
using RobotWorker.Recording;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset view DIR EPISODE</c>: an episode to look at.</summary>
internal static class DatasetViewCommand
{
    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var episode = new Argument<int>("episode") { Description = "Its number, from 0" };
        var output = DatasetArguments.Output("The page; the contact sheet goes beside it, with .png (default: SET-episode-N.html here)", ".html");
        var command = new Command("view", "Makes a page that plays an episode's videos beside its signals, and a contact sheet; both need nothing else, and any browser shows them") { folder, episode, output };
        command.SetAction(parsed => DatasetRun.Of((_, cancel) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(episode), parsed.GetValue(output), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int number, string? output, CancellationToken cancel)
    {
        using var set = await StoredSet.OpenAsync(folder);
        if (number < 0 || number >= set.Episodes.Length) throw new DatasetException($"{folder} has no episode {number}: there are {set.Episodes.Length}, from 0");
        var page = await EpisodePage.OfAsync(set, set.Episodes[number], cancel);
        output ??= $"{set.Name}-episode-{number}.html";
        var sheet = Path.ChangeExtension(output, ".png");
        if (page.Sheet is { } png) await File.WriteAllBytesAsync(sheet, png, cancel);
        if (WholeFile.TryWrite(output, page.Html) is { } problem) throw new IOException(problem);
        Console.Out.WriteLine($"Page:     {output}");
        if (page.Sheet is not null) Console.Out.WriteLine($"Pictures: {sheet}");
        return ExitCode.Success;
    }
}
