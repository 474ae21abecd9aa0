using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The main job with seed 1, run once for all tests that look at it.</summary>
[SetUpFixture]
public sealed class Story
{
    public const string Task = "sim/tasks/tidy-table.yaml";
    public const ulong Seed = 1;

    private static readonly Lazy<string> MadeFolder = new(() => Directory.CreateTempSubdirectory("robotworker story ").FullName);
    private static readonly Lazy<SimulatedRun> Ran = new(() => SimulatedRun.Of(Task, Seed, Path.Combine(Folder, "story")));
    private static readonly Lazy<Trace> Traced = new(() => Trace.Of(Run.Mcap));

    /// <summary>For the files of these tests; removed after the last.</summary>
    internal static string Folder => MadeFolder.Value;

    internal static SimulatedRun Run => Ran.Value;

    internal static Trace Trace => Traced.Value;

    [OneTimeTearDown]
    public void RemoveFolder()
    {
        if (MadeFolder.IsValueCreated) Directory.Delete(Folder, recursive: true);
    }
}
