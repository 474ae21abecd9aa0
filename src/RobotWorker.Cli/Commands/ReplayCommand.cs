using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Replay;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker replay DIR</c>: steps episodes of a data set again, and says whether their physics come to the same.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("dir") { Description = "What 'generate --out' was given, or the folder of one of its episodes" };
        var episodes = new Option<int[]>("--episode") { Description = "Only this episode, or these (default: all)", HelpName = "N", AllowMultipleArgumentsPerToken = true };
        var workers = new Option<int>("--workers") { Description = "Episodes at the same time (default: one a core)", HelpName = "W", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Print what it came to as JSON" };
        workers.MustBeFrom(1, 256);
        var command = new Command("replay", "Steps the physics of generated episodes again, from their first state by what was recorded, and compares every step bit by bit: certified, or what differs first")
        {
            folder, episodes, workers, json,
        };
        command.SetAction(parsed => Replay(parsed.GetRequiredValue(folder), parsed.GetValue(episodes) ?? [], parsed.GetValue(workers), parsed.GetValue(json)));
        return command;
    }

    private static int Replay(string folder, int[] numbers, int workers, bool json)
    {
        IReadOnlyList<string> episodes;
        try
        {
            episodes = EpisodeReplay.Find(folder, numbers);
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {e.Message}");
            return ExitCode.BadInput;
        }
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, () => { });
        using var progress = new ReplayProgressView(Console.Error, TimeProvider.System, episodes.Count);
        var replayed = EpisodeReplay.Run(episodes, workers, progress.Show, stop.Token);
        progress.Dispose();
        if (json) ReplayView.WriteJson(Console.Out, replayed);
        else ReplayView.Write(Console.Out, replayed, episodes.Count);
        return stop.IsCancellationRequested && replayed.Count < episodes.Count ? ExitCode.Stopped : CodeOf(replayed);
    }

    /// <summary>The worst of them; that one cannot be told is no failure, and yields to all that is one.</summary>
    private static int CodeOf(IReadOnlyList<ReplayedEpisode> replayed)
    {
        if (Any(ReplayOutcome.Differs)) return ExitCode.Failed;
        if (Any(ReplayOutcome.Unreadable)) return ExitCode.BadInput;
        return Any(ReplayOutcome.NotComparable) ? ExitCode.NotComparable : ExitCode.Success;

        bool Any(ReplayOutcome outcome) => replayed.Any(r => r.Verdict.Outcome == outcome);
    }
}
