using System.Diagnostics;
using System.Text.Json;
using RobotWorker.Integration.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Generate;

/// <summary>The command <c>generate</c> as people use it, on the shortest task, with small pictures.</summary>
public sealed class GenerateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Test]
    public void Generate_KilledAndResumed_IsTheSameToTheLastByte_AndReadersAreContent()
    {
        Simulator.Require();
        Peer.Require("ffmpeg", "ffmpeg");
        var folder = Path.Combine(Story.Folder, "generate");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var spec = Path.Combine(folder, "patrol.yaml");
        File.WriteAllText(spec, $"""
            generate: robotworker/v1
            name: patrol
            plan: {Repository.PathOf("sim/tasks/patrol.yaml")}
            seed: 5
            cameras: {"{"}head_camera: {"{"}width: 64, height: 48, depth: true, segmentation: true{"}"}{"}"}
            instructions: [Go round once., Visit every place.]
            faults: {"{"}share: 0.5, of: [{Repository.PathOf("sim/faults/base-wheel-slip.yaml")}]{"}"}

            """);
        var (whole, killed) = (Path.Combine(folder, "whole"), Path.Combine(folder, "killed"));
        RobotWorkerCommand.Run(["generate", spec, "--out", whole, "--episodes", "3", "--workers", "2"]).Require();

        using (var command = LiveCommand.Start("generate", spec, "--out", killed, "--episodes", "3", "--workers", "1"))
        {
            for (var waited = Stopwatch.StartNew(); !Directory.Exists(Path.Combine(killed, "episodes", "000001.partial")); Thread.Sleep(5))
                Assert.That(waited.Elapsed, Is.LessThan(Limit));
            command.Kill();
        }
        Assert.That(Directory.Exists(Path.Combine(killed, "episodes", "000000")), Is.True);
        Assert.That(RobotWorkerCommand.Run(["generate", spec, "--out", killed, "--episodes", "3"]).Errors, Does.Contain("--resume"));
        RobotWorkerCommand.Run(["generate", spec, "--out", killed, "--episodes", "3", "--workers", "1", "--resume"]).Require();

        Assert.That(Files(killed), Is.EqualTo(Files(whole)));
        Assert.That(new[] { "depth", "segmentation" }.Select(kind => Files(whole).Count(f => f.Contains(Path.Combine("sidecars", kind, "head_camera"), StringComparison.Ordinal))), Is.EqualTo([3, 3]));
        foreach (var file in Files(whole))
            Assert.That(File.ReadAllBytes(Path.Combine(killed, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(whole, file))), Is.True, file);
        foreach (var set in Directory.GetDirectories(whole).Where(d => Path.GetFileName(d) != "episodes"))
        {
            var check = RobotWorkerCommand.Run(["dataset", "check", set]);
            Assert.That(check.ExitCode, Is.Zero, check.Output + check.Errors);
            Assert.That(check.Output, Does.Contain("nothing wrong"));
            Peer.Run(Peer.Require("sha256sum", "coreutils"), ["--check", "--strict", "meta/checksums.sha256"], set).Require();
        }
        ReplaysToTheSame(whole);
    }

    /// <summary>Each episode's certificate, in processes that never heard of it.</summary>
    private static void ReplaysToTheSame(string folder)
    {
        var replay = RobotWorkerCommand.Run(["replay", folder]);
        Assert.That(replay.ExitCode, Is.Zero, replay.Output + replay.Errors);
        Assert.That(replay.Output, Does.Contain("3 of 3 episodes certified"));

        var library = Path.Combine(folder, "libmujoco.so.other");
        File.WriteAllBytes(library, [.. File.ReadAllBytes(Simulator.Library), 0]);
        var elsewhere = RobotWorkerCommand.Run(["replay", folder, "--episode", "1", "--json"], environment: new Dictionary<string, string?> { ["MUJOCO_LIB"] = library });
        Assert.That(elsewhere.ExitCode, Is.EqualTo(4), elsewhere.Output + elsewhere.Errors);
        using var answer = JsonDocument.Parse(elsewhere.Output);
        var episode = answer.RootElement.GetProperty("episodes").EnumerateArray().Single();
        Assert.That(episode.GetProperty("outcome").GetString(), Is.EqualTo("not_comparable"));
        Assert.That(episode.GetProperty("why").GetString(), Does.Contain("another build of MuJoCo"));

        using (var damaged = new FileStream(Path.Combine(folder, "episodes", "000002", "certificate.rwc"), FileMode.Open)) damaged.SetLength(damaged.Length / 2);
        var cut = RobotWorkerCommand.Run(["replay", folder]);
        Assert.That(cut.ExitCode, Is.EqualTo(2), cut.Output + cut.Errors);
        Assert.That(cut.Output, Does.Contain("damaged or cut short").And.Contain("2 of 3 episodes certified, 1 without a verdict"));
    }

    private static List<string> Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
}
