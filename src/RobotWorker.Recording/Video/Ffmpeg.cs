using System.ComponentModel;
using System.Diagnostics;

namespace RobotWorker.Recording.Video;

/// <summary>Runs ffmpeg to its end, on the calling thread.</summary>
public static class Ffmpeg
{
    /// <param name="arguments">Without the usual ones that make it quiet.</param>
    /// <param name="read">Reads what it writes to its standard output.</param>
    /// <exception cref="VideoException">It is not installed, or did not do it; the text says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run(IEnumerable<string> arguments, Action<Stream> read, CancellationToken cancel)
    {
        var ffmpeg = Programs.Find("ffmpeg") ?? throw new VideoException("ffmpeg is not installed (apt-get install ffmpeg)");
        string[] all = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", .. arguments];
        // In a session of its own, Ctrl-C in the terminal is ours to answer.
        var start = Programs.Find("setsid") is { } session ? new ProcessStartInfo(session, ["--wait", ffmpeg, .. all]) : new ProcessStartInfo(ffmpeg, all);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        try
        {
            using var process = Process.Start(start) ?? throw new VideoException($"{ffmpeg} did not start");
            using var kill = cancel.Register(() => process.Kill(entireProcessTree: true));
            var said = new List<string>();
            process.ErrorDataReceived += (_, line) =>
            {
                if (!string.IsNullOrWhiteSpace(line.Data)) lock (said) said.Add(line.Data.Trim());
            };
            process.BeginErrorReadLine();
            try
            {
                read(process.StandardOutput.BaseStream);
            }
            catch
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
            process.WaitForExit();
            cancel.ThrowIfCancellationRequested();
            if (process.ExitCode != 0) throw new VideoException($"ffmpeg ended with code {process.ExitCode}: {(said.Count > 0 ? said[^1] : "it said nothing")}");
        }
        catch (Win32Exception e)
        {
            throw new VideoException($"{ffmpeg} did not start: {e.Message}", e);
        }
    }

    /// <summary>Runs it where it writes files.</summary>
    /// <inheritdoc cref="Run(IEnumerable{string}, Action{Stream}, CancellationToken)"/>
    public static void Run(IEnumerable<string> arguments, CancellationToken cancel) => Run(arguments, output => output.CopyTo(Stream.Null), cancel);
}
