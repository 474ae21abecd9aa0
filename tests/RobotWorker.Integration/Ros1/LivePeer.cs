using System.Collections.Concurrent;
using System.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>A peer's program while it runs: the lines that it prints, and lines that are said to it. Ended with the test.</summary>
internal sealed class LivePeer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> errors = new();

    private LivePeer(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed so far.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>All that it printed, for a message.</summary>
    public string Output => string.Join('\n', lines.Concat(errors));

    public bool HasEnded => process.HasExited;

    public static LivePeer Python(RosMaster master, string script, params IEnumerable<string> arguments) =>
        Start(RosMaster.Python, [Repository.PathOf($"tests/RobotWorker.Integration/peers/ros1/{script}"), .. arguments], master.Environment);

    public static LivePeer Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start) ?? throw new InvalidOperationException($"cannot start {program}"));
    }

    public int Count(string line) => lines.Count(said => said == line);

    public bool Says(string part) => lines.Any(line => line.Contains(part, StringComparison.Ordinal));

    public void Say(string line) => process.StandardInput.WriteLine(line);

    /// <summary>Waits until it has printed something; the test fails when it does not for a minute.</summary>
    public void WaitFor(string part) => Until(() => Says(part));

    /// <summary>Waits until it has ended; the test fails when it does not for a minute.</summary>
    public void WaitForEnd() => Until(() => HasEnded);

    /// <summary>Ends it without a word, as a crash would.</summary>
    public void Kill()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>Asks it to end, as Ctrl-C would.</summary>
    public void Interrupt() => Peer.Run(Peer.Require("sh", "a POSIX shell"), ["-c", $"kill -INT {process.Id}"]).Require();

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Until(Func<bool> holds)
    {
        for (var since = Stopwatch.StartNew(); !holds(); Thread.Sleep(20)) Assert.That(since.Elapsed, Is.LessThan(Limit), () => Output);
    }

    private static void Keep(ConcurrentQueue<string> into, string? line)
    {
        if (line is not null) into.Enqueue(line);
    }
}
