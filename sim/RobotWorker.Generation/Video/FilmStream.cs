using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>
/// Streams the simulation's state to a child process that renders and encodes it while physics goes on. The episode never waits for it: states queue up, and
/// one thread of its own feeds the child.
/// </summary>
internal sealed class FilmStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process child;
    private readonly Thread feeder;
    private readonly BlockingCollection<double[]> states = [];
    private readonly PipeReader errors;
    private readonly PipeReader output;
    private readonly RenderOrder order;
    private string? broken;

    /// <param name="program">The command that renders (this program's own hidden subcommand) and its arguments.</param>
    public FilmStream(RenderOrder order, IReadOnlyList<string> program)
    {
        this.order = order;
        // Ctrl-C reaches every process of the terminal's group. The film must outlive it, to show how the robot stopped: it gets a session of its own.
        IReadOnlyList<string> command = Programs.Find("setsid") is { } setsid ? [setsid, .. program] : program;
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["LP_NUM_THREADS"] = "0";    // llvmpipe's own threads cost more than they bring beside physics
        child = Process.Start(start) ?? throw new InvalidOperationException("the rendering process did not start");
        output = new(child.StandardOutput);
        errors = new(child.StandardError);
        feeder = new Thread(Feed) { IsBackground = true, Name = "film" };
        feeder.Start();
    }

    /// <summary>Takes the state of the next frame.</summary>
    public void Add(double[] state) => states.Add(state);

    /// <summary>Waits until the film is whole. Blocks: call it when the episode is over.</summary>
    public FilmResult Finish()
    {
        states.CompleteAdding();
        for (var left = states.Count; !child.WaitForExit(Patience); left = states.Count)
        {
            if (states.Count < left) continue;
            child.Kill(entireProcessTree: true);
            return new(null, $"the film did not get on for {Patience.TotalSeconds} s after the episode");
        }
        feeder.Join();
        var reason = errors.Text.Trim();
        if (child.ExitCode == 0) return new(JsonSerializer.Deserialize(output.Text, FilmJson.Default.FilmStatistics), null, reason.Length > 0 ? reason : null);
        return new(null, reason.Length > 0 ? reason : broken ?? $"the rendering process ended with code {child.ExitCode}");
    }

    public void Dispose()
    {
        states.CompleteAdding();
        if (!child.HasExited) child.Kill(entireProcessTree: true);
        child.WaitForExit();
        child.Dispose();
        foreach (var file in order.Files) File.Delete(FfmpegEncoder.PartialOf(file));    // a child that was killed could not
    }

    private void Feed()
    {
        try
        {
            using var pipe = new BinaryWriter(child.StandardInput.BaseStream);
            order.Write(pipe);
            foreach (var state in states.GetConsumingEnumerable())
            {
                pipe.Write(state.Length);
                foreach (var number in state) pipe.Write(number);
            }
        }
        catch (IOException e)
        {
            broken = $"the rendering process went away: {e.Message}";
        }
    }
}

/// <param name="Statistics">Null when there is no film.</param>
/// <param name="Problem">Why there is none, or null.</param>
/// <param name="Notice">What is not quite as asked for, or null.</param>
public sealed record FilmResult(FilmStatistics? Statistics, string? Problem, string? Notice = null);
