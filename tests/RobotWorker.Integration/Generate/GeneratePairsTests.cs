using System.Diagnostics;
using System.Text.Json;
using RobotWorker.Integration.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Generate;

/// <summary><c>generate --pairs</c> as people use it, with pictures and depth: what a kill costs, and what the pictures of twins have in common.</summary>
[Category("Slow")]
public sealed class GeneratePairsTests
{
    private const int FramesPerSecond = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Test]
    public void Pairs_KilledInATwinAndResumed_AreTheSameToTheLastByte_AndTwinsLookTheSameUpToTheOnset()
    {
        Simulator.Require();
        var ffmpeg = Peer.Require("ffmpeg", "ffmpeg");
        var folder = Path.Combine(Story.Folder, "generate-pairs");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var spec = PatrolWithFault.WriteSpec(folder, $$"""
            fps: {{FramesPerSecond}}
            cameras: {head_camera: {width: 64, height: 48, depth: true} }
            """);
        var (whole, killed) = (Path.Combine(folder, "whole"), Path.Combine(folder, "killed"));
        var made = RobotWorkerCommand.Run(["generate", spec, "--out", whole, "--episodes", "2", "--workers", "2", "--pairs"]);
        Assert.That(made.Output, Does.Contain("2 of 2 episodes succeeded; 1 struck by a fault, each with its twins"), made.Errors);

        // The second twin of the first episode is under way: what is before it is kept.
        using (var command = LiveCommand.Start("generate", spec, "--out", killed, "--episodes", "2", "--workers", "1", "--pairs"))
        {
            for (var waited = Stopwatch.StartNew(); !Directory.Exists(Path.Combine(killed, "episodes", "000002.partial")); Thread.Sleep(5))
                Assert.That(waited.Elapsed, Is.LessThan(Limit));
            command.Kill();
        }
        Assert.That(Directory.GetDirectories(Path.Combine(killed, "episodes")).Select(Path.GetFileName).Order(), Is.EqualTo(["000000", "000001", "000002.partial"]));
        Assert.That(RobotWorkerCommand.Run(["generate", spec, "--out", killed, "--episodes", "2", "--resume"]).Errors, Does.Contain("another specification"));
        RobotWorkerCommand.Run(["generate", spec, "--out", killed, "--episodes", "2", "--workers", "1", "--pairs", "--resume"]).Require();

        Assert.That(Files(killed), Is.EqualTo(Files(whole)));
        foreach (var file in Files(whole))
            Assert.That(File.ReadAllBytes(Path.Combine(killed, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(whole, file))), Is.True, file);
        foreach (var set in new[] { "success", "failure" })
        {
            var check = RobotWorkerCommand.Run(["dataset", "check", Path.Combine(whole, set)]);
            Assert.That(check.ExitCode, Is.Zero, check.Output + check.Errors);
            Assert.That(check.Output, Does.Contain("nothing wrong"));
        }
        Assert.That(RobotWorkerCommand.Run(["replay", whole]).Output, Does.Contain("4 of 4 episodes certified"));

        var frames = (int)(Onset(whole) * FramesPerSecond);
        foreach (var film in new[] { "head_camera.mp4", "head_camera.depth.mkv" })
        {
            var drawn = Pictures(ffmpeg, whole, "000000", film);
            Assert.That(frames, Is.InRange(10, drawn.Count - 10));
            foreach (var twin in new[] { "000001", "000002" }) Assert.That(Pictures(ffmpeg, whole, twin, film).Take(frames), Is.EqualTo(drawn.Take(frames)), $"{twin} {film}");
            Assert.That(Pictures(ffmpeg, whole, "000001", film).Take(frames + 10), Is.Not.EqualTo(drawn.Take(frames + 10)), film);
        }
    }

    private static double Onset(string folder)
    {
        using var head = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "episodes", "000000", "episode.json")));
        return head.RootElement.GetProperty("provenance").GetProperty("pair").GetProperty("onset_seconds").GetDouble();
    }

    /// <summary>A sum of each decoded picture.</summary>
    private static List<string> Pictures(string ffmpeg, string folder, string episode, string film)
    {
        var read = Peer.Run(ffmpeg, ["-v", "error", "-i", Path.Combine(folder, "episodes", episode, film), "-f", "framemd5", "-"], folder);
        read.Require();
        return [.. read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).Select(l => l.Split(',')[^1].Trim())];
    }

    private static List<string> Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
}
