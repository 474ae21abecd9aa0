using System.Diagnostics;
using System.Security.Cryptography;
using RobotWorker.Recording.Mcap;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>Same seed, same bytes: whatever the process, its folder, its surroundings and the load on the machine.</summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class SameBytesTests
{
    [Test]
    [CancelAfter(240_000)]
    public void Run_SameSeedInOtherProcesses_WritesTheSameRecording()
    {
        var expected = Hash(Story.Run.Mcap);
        using var load = new Load((Environment.ProcessorCount + 1) / 2);
        Func<string>[] runs =
        [
            () => Record("here", "none"),
            () => Record("elsewhere/in a deeper folder", "none", new() { ["LC_ALL"] = "de_DE.UTF-8", ["TZ"] = "Asia/Kathmandu", ["DOTNET_TieredPGO"] = "0" }),
            () => Record("filmed", "overview"),
        ];

        var hashes = runs.AsParallel().AsOrdered().WithDegreeOfParallelism(runs.Length).Select(run => run()).ToList();

        Assert.That(hashes, Is.All.EqualTo(expected));
    }

    [Test]
    public void Run_AnotherSeed_SensesAnotherWorld()
    {
        var plan = PlanFile.Write(Path.Combine(Story.Folder, "seeds"), "see", "- {id: see, skill: look, args: {at: table}}");

        string Sensed(ulong seed)
        {
            var recording = McapReader.Read(SimulatedRun.Of(plan, seed, Path.GetDirectoryName(plan)!).Mcap);
            return Convert.ToHexString(SHA256.HashData([.. recording.On("/detections").SelectMany(m => m.Data.ToArray())]));
        }

        var second = Sensed(2);

        Assert.That(Sensed(3), Is.Not.EqualTo(second));
    }

    private static string Record(string folder, string video, Dictionary<string, string?>? environment = null)
    {
        folder = Path.Combine(Story.Folder, "bytes", folder);
        Directory.CreateDirectory(folder);
        var result = RobotWorkerCommand.Run(["run", Repository.PathOf(Story.Task), "--plain", "--video", video, "--output", "."], folder, environment);
        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        return Hash(Path.Combine(folder, $"tidy-table-{Story.Seed}.mcap"));
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>Child processes that do nothing but take processor time.</summary>
    private sealed class Load : IDisposable
    {
        private readonly List<Process> busy;

        public Load(int processes) => busy = [.. Enumerable.Range(0, processes).Select(_ =>
            Process.Start(new ProcessStartInfo(Peer.Require("sh", "a POSIX shell"), ["-c", "while :; do :; done"]))!)];

        public void Dispose()
        {
            foreach (var process in busy)
            {
                process.Kill();
                process.Dispose();
            }
        }
    }
}
