using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Generate;

/// <summary>Pairs as <c>generate --pairs</c> makes them, on the shortest task and without pictures: navigation dies while the base moves, and is back three seconds later.</summary>
public sealed class PairsTests
{
    private string folder = "";

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("pairs ").FullName;

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task AFaultThatStrikes_MakesThreeEpisodesThatAreTheSameUpToIt_AndOneThatDoesNotMakesOne()
    {
        Simulator.Require();
        var spec = Spec() with { HasPairs = true };
        using var shelf = new EpisodeShelf(folder, spec.Layout);
        shelf.Open("test", resume: false);
        var generator = new DatasetGenerator(spec, shelf, [], "1");

        // With the seed 5 the base moves when the fault is due, with 6 it has come to its last stop.
        var made = generator.Make(2, 2, _ => { }, CancellationToken.None);
        await generator.AssembleAsync(folder, 2, CancellationToken.None);

        Assert.That((made.Done, made.Succeeded, made.Pairs), Is.EqualTo((2, 2, 1)));
        using var success = await StoredSet.OpenAsync(Path.Combine(folder, "success"));
        using var failure = await StoredSet.OpenAsync(Path.Combine(folder, "failure"));
        Assert.That(DatasetCheck.Run(success.Folder, default).Concat(DatasetCheck.Run(failure.Folder, default)), Is.Empty);
        Assert.That(Of(success, "seed"), Is.EqualTo(new object[] { 5L, 5L, 6L }));
        Assert.That(Of(success, "pair_role"), Is.EqualTo(new object[] { "faulted", "fault_free", "" }));
        Assert.That(Of(success, "fault"), Is.EqualTo(new object[] { "NAVIGATION_DOWN", "", "" }));
        Assert.That(Of(success, "sampling_weight"), Is.EqualTo(new object[] { 1.0, 0.0, 1.0 }));
        Assert.That((Of(success, "fault_free_twin_index")[0], Of(success, "fault_free_twin_set")[0], Of(success, "faulted_twin_index")[1]), Is.EqualTo(((object)1L, (object)"", (object)0L)));
        Assert.That((Of(success, "no_recovery_twin_index")[0], Of(success, "no_recovery_twin_set")[0]), Is.EqualTo(((object)0L, (object)"failure")));
        Assert.That((Of(failure, "pair_role")[0], Of(failure, "faulted_twin_index")[0], Of(failure, "faulted_twin_set")[0]), Is.EqualTo(((object)"no_recovery", (object)0L, (object)"success")));

        var onset = (double)Of(success, "fault_onset_s")[0]!;
        Assert.That(new[] { Of(success, "pair_onset_s")[0], Of(success, "pair_onset_s")[1], Of(failure, "pair_onset_s")[0], Of(failure, "fault_onset_s")[0] }, Is.All.EqualTo(onset));
        var (start, end) = ((double)Of(success, "recovery_start_s")[0]!, (double)Of(success, "recovery_end_s")[0]!);
        Assert.That((start > onset, end > start, Of(failure, "recovery_start_s")[0]), Is.EqualTo((true, true, (object?)null)));
        Assert.That(failure.Episodes[0].Length, Is.EqualTo((int)((onset + 2) * 10)).Within(2));

        var frames = (int)(onset * 10);
        var (drawn, free, left) = (await FramesAsync(success, 0, frames), await FramesAsync(success, 1, frames), await FramesAsync(failure, 0, frames));
        Assert.That(frames, Is.GreaterThan(10));
        Assert.That(free, Is.EqualTo(drawn));
        Assert.That(left, Is.EqualTo(drawn));
        Assert.That(await FramesAsync(success, 1, frames + 10), Is.Not.EqualTo(await FramesAsync(success, 0, frames + 10)));
        Assert.That(File.ReadAllText(Path.Combine(success.Folder, "README.md")), Does.Contain("| of 1 pair: 1 faulted, 1 fault_free, 0 no_recovery (what is missing is in the set beside this one) | 2 |"));
        Assert.That(File.ReadAllText(Path.Combine(folder, DatasetGenerator.Coverage)), Does.Contain("2 episodes were drawn, 2 succeeded"));
    }

    [TestCase("sim/datasets/one-cup-to-shelf.yaml", null)]
    [TestCase("sim/datasets/one-cup-to-shelf-replay.yaml", "has no 'faults'")]
    public void WhyNoPairs(string spec, string? why) =>
        Assert.That(GenerateSpecReader.Read(Repository.PathOf(spec), new DiagnosticBag())!.WhyNoPairs, why is null ? Is.Null : Does.Contain(why));

    private GenerateSpec Spec() => GenerateSpecReader.Read(PatrolWithFault.WriteSpec(folder), new DiagnosticBag())!;

    private static object?[] Of(StoredSet set, string column) => [.. set.Own.Single(o => o.Name == column).Values];

    /// <summary>The bits of all that the first frames have, but for their place in the set and for what tells of the last frame; subtasks in words.</summary>
    private static async Task<string[]> FramesAsync(StoredSet set, int episode, int count)
    {
        var numbers = await set.NumbersAsync(set.Episodes[episode]);
        return [.. set.Columns.Where(c => c.Key is not ("index" or "episode_index" or "task_index") && !c.Key.StartsWith("next.", StringComparison.Ordinal)).Select(c =>
            $"{c.Key}: {string.Join(' ', numbers[c.Key].Take(count * c.Width).Select(v => c.Key == "subtask_index" ? set.Subtasks[(int)v] : $"{BitConverter.DoubleToInt64Bits(v):x}"))}")];
    }
}
