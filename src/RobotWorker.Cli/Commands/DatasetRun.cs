using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Recording.Video;

namespace RobotWorker.Cli.Commands;

/// <summary>What the commands that read data sets, and make others of them, have in common: Ctrl-C, progress, and what is said when it cannot be done.</summary>
internal static class DatasetRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <returns>The exit code.</returns>
    public static async Task<int> Of(Func<Action<SetProgress>, CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, () => Console.Error.WriteLine("\nStopping: nothing is left behind."));
        using var line = new ProgressLine(Console.Error, TimeProvider.System, Pause);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            // What is done in the blink of an eye needs no progress.
            return await work(p =>
            {
                if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1)) line.Show(() => $"{p.What}: {p.Done} of {p.All}");
            }, stop.Token);
        }
        // Whatever it was that broke off: ffmpeg and ffprobe may hear Ctrl-C before we do.
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }
        catch (DatasetException e)
        {
            line.Dispose();
            Console.Error.WriteLine($"{e.Message}\nNothing was made.");
            return ExitCode.BadInput;
        }
        catch (Exception e) when (e is VideoException or IOException or UnauthorizedAccessException)
        {
            line.Dispose();
            Console.Error.WriteLine($"{Codes.MachineRefused} {e.Message.TrimEnd('.')}. Nothing was made.");
            return ExitCode.Unavailable;
        }
    }

    /// <summary>Makes a set in a folder that is not there yet, and says what it holds.</summary>
    public static async Task Write(string folder, SetVersion version, SetContent content, Action<SetProgress> told, CancellationToken cancel)
    {
        using var made = new NewFolder(folder);
        var left = await SetWriter.WriteAsync(made.Path, version, content, told, cancel);
        made.Complete();
        Tell(folder, content, left);
    }

    /// <param name="left">What was not carried over.</param>
    public static void Tell(string folder, SetContent content, IEnumerable<string> left)
    {
        foreach (var what in left) Console.Error.WriteLine($"Left out: {what}");
        var (episodes, set) = (content.Episodes, content.Episodes[0].Set);
        Console.Out.WriteLine($"Set:      {folder} ({new DatasetSize(episodes.Length, episodes.Sum(e => (long)e.Episode.Length), set.Cameras.Count())})");
    }
}
