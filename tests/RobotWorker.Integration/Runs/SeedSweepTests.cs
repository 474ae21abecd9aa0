using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The main job over many seeds, a process each. Minutes: <c>./test --filter "FullyQualifiedName~SeedSweep"</c> runs only these.</summary>
[TestFixture]
[Category("Slow")]
public sealed class SeedSweepTests
{
    private const int Count = 30;

    [Test]
    public void ThirtySeeds_WithTheFault_AllSucceed()
    {
        var runs = Sweep([.. Enumerable.Range(1, Count).Select(seed => (ulong)seed)]);

        Assert.That(runs.Where(r => r.Problem is not null), Is.Empty);
    }

    /// <summary>Seeds that nobody could tune for: they are not known before the commit is.</summary>
    [Test]
    public void SeedsOfTheCommit_WithTheFault_AllButOneSucceedAndNoneClaimsSo()
    {
        var runs = Sweep([.. Enumerable.Range(0, Count).Select(i => SeedOf(Commit(), i))]);

        Assert.That(runs.Where(r => r.Claims), Is.Empty, "succeeded, and the goal is not met");
        Assert.That(runs.Count(r => r.Problem is null), Is.GreaterThanOrEqualTo(Count - 1));
    }

    private static string Commit()
    {
        var git = Peer.Find("git") is { } program ? Peer.Run(program, ["rev-parse", "HEAD"], Repository.Root) : null;
        if (git is not { ExitCode: 0 }) Assert.Ignore("this is no git repository: there is no commit to draw seeds from");
        return git!.Output.Trim();
    }

    private static ulong SeedOf(string commit, int number) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{commit} {number}")));

    private static List<SeedRun> Sweep(ulong[] seeds)
    {
        var runs = seeds.AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Run);
        var done = new List<SeedRun>();
        foreach (var run in runs)
        {
            TestContext.Progress.WriteLine($"seed {run.Seed}: {run.Story}{(run.Problem is { } problem ? $"; NOT AS IT SHOULD BE: {problem}" : "")}");
            done.Add(run);
        }
        TestContext.Progress.WriteLine($"{done.Count(r => r.Problem is null)} of {done.Count} seeds as they should be");
        return done;
    }

    private static SeedRun Run(ulong seed)
    {
        var folder = Path.Combine(Story.Folder, "seeds", $"{seed}");
        var result = RobotWorkerCommand.Run(
            ["run", Repository.PathOf(Story.Task), "--plain", "--video", "none", "--seed", $"{seed}", "--output", folder]);
        var file = Path.Combine(folder, $"tidy-table-{seed}.json");
        if (!File.Exists(file)) return new(seed, $"code {result.ExitCode}", result.Errors.Trim(), Claims: false);
        var report = new ReportFile(file);
        return new(seed, report.ToString(), report.WhyNotTheStory(), Claims: report is { Outcome: "succeeded", GoalMet: not true });
    }

    /// <param name="Problem">What is not as the story wants it, or null.</param>
    /// <param name="Claims">It says that it succeeded, and in truth the goal is not met: the worst that can be.</param>
    private sealed record SeedRun(ulong Seed, string Story, string? Problem, bool Claims);
}
