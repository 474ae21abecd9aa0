using System.Diagnostics;
using NUnit.Framework;

namespace RobotWorker.Testing;

/// <summary>
/// Independent programs that a test compares with: node, gcc, ffmpeg. Where one is missing the test is skipped with the reason,
/// but in continuous integration (environment variable <c>CI=true</c>) a missing peer is a failure: nothing is skipped there unseen.
/// </summary>
public static class Peer
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(120);

    /// <summary>True where a missing peer must fail instead of being skipped.</summary>
    public static bool IsContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of <paramref name="program"/> on the PATH. Ends the test (skipped, or failed in CI) when it is not there.</summary>
    /// <param name="install">What a person would do to get it, such as <c>apt-get install nodejs</c>.</param>
    public static string Require(string program, string install)
    {
        if (Find(program) is { } path) return path;
        Missing($"'{program}' is not on the PATH ({install})");
        return program;
    }

    /// <summary>Ends the test because a peer is not there: skipped with the reason, failed in CI.</summary>
    public static void Missing(string reason)
    {
        if (IsContinuousIntegration) Assert.Fail($"a peer is missing and CI=true: {reason}");
        Assert.Ignore($"a peer is missing: {reason}");
    }

    /// <summary>Where <paramref name="program"/> is on the PATH, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end. Its output is decoded as UTF-8; a non-zero exit code is not an error by itself.</summary>
    /// <param name="input">Text for its standard input, or null for none.</param>
    /// <param name="limit">Wall time after which it is killed and the test fails; two minutes by default.</param>
    public static PeerResult Run(
        string program, IEnumerable<string> arguments, string? folder = null, string? input = null, TimeSpan? limit = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {program}");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(limit ?? Usual))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {limit ?? Usual}");
        }
        process.WaitForExit();
        return new PeerResult(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}

/// <summary>What a peer printed and how it ended.</summary>
public sealed record PeerResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The output of a program that succeeded; the test fails with its error text otherwise.</summary>
    public string Require()
    {
        Assert.That(ExitCode, Is.Zero, $"the peer failed:\n{Errors}\n{Output}");
        return Output;
    }
}
