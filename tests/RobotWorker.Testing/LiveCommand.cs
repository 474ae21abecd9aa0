using System.Collections.Concurrent;
using System.Diagnostics;
using NUnit.Framework;

namespace RobotWorker.Testing;

/// <summary>The command while it runs: its lines as they come, and signals. On a system with a POSIX shell.</summary>
public sealed class LiveCommand : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly BlockingCollection<string> lines = [];
    private readonly Task<string> errors;
    private readonly Thread reader;

    private LiveCommand(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
        reader = new(Read) { IsBackground = true };
        reader.Start();
    }

    /// <summary>Everything that it printed so far and that was waited for.</summary>
    public string Output { get; private set; } = "";

    public static LiveCommand Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(RobotWorkerCommand.Host, RobotWorkerCommand.Line(arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new(Process.Start(start) ?? throw new InvalidOperationException($"cannot start {start.FileName}"));
    }

    /// <summary>Waits for a line that has all these parts; the test fails when it does not come.</summary>
    public void WaitFor(params string[] parts)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit && lines.TryTake(out var line, Limit);)
        {
            Output += line + "\n";
            if (parts.All(p => line.Contains(p, StringComparison.Ordinal))) return;
        }
        Assert.Fail($"no line with {string.Join(", ", parts)} came:\n{Output}");
    }

    /// <param name="signal">Such as INT.</param>
    public void Send(string signal) => Peer.Run(Peer.Require("sh", "a POSIX shell"), ["-c", $"kill -{signal} {process.Id}"]).Require();

    /// <summary>Ends it without a word, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Waits for its end.</summary>
    public PeerResult End()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit && lines.TryTake(out var line, Limit);) Output += line + "\n";
        if (!process.WaitForExit(Limit)) Assert.Fail($"it did not end within {Limit}:\n{Output}");
        process.WaitForExit();
        return new(process.ExitCode, Output, errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        // The reader ends with the process's output, and would take the test program down if its collection were gone before.
        reader.Join(Limit);
        process.Dispose();
        lines.Dispose();
    }

    private void Read()
    {
        while (process.StandardOutput.ReadLine() is { } line) lines.Add(line);
        lines.CompleteAdding();
    }
}
