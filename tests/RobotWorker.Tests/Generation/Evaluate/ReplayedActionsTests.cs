using RobotWorker.Diagnostics;
using RobotWorker.Generation.Evaluate;
using RobotWorker.Generation.Generate;
using RobotWorker.Generation.Policies;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Skills.Policies;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Evaluate;

/// <summary>The column <c>action</c> alone, streamed to the robot, does the task again.</summary>
public sealed class ReplayedActionsTests
{
    private string folder = "";

    [SetUp]
    public void Begin()
    {
        Simulator.Require();
        folder = Directory.CreateTempSubdirectory("replay").FullName;
    }

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task ActionsOfADataSet_DoItsTaskAgain_AndNoOther()
    {
        var set = await GenerateAsync();
        var suite = EvaluationSuiteReaderTests.Read(EvaluationSuiteReaderTests.Small, out _)!;
        suite = suite with { Tasks = [suite.Tasks[0]] };
        var actions = RecordedActions.Read(set);
        Assert.That((actions.FramesPerSecond, actions.Robot, actions.Width), Is.EqualTo((20, "porter", 13)));
        Assert.That(actions.Of(3000000)!.Value, Has.Length.GreaterThan(20 * 20).And.All.Length.EqualTo(13));
        Assert.That(actions.Of(3000001), Is.Null);

        var replay = NamedPolicy.Parse($"replay:{set}");

        var runner = new EvaluationRunner(suite, [replay], 1);
        Assert.That(runner.Runs.Select(r => r.Seed), Is.EqualTo([3000000ul]), "the set has no episode with the second seed");
        var outcome = runner.Run([], _ => { }, default).Single();
        Assert.That((outcome.Verdict, outcome.GoalMet, outcome.Error), Is.EqualTo((Verdict.Success, true, (string?)null)), outcome.Reason);
        Assert.That(runner.Run([outcome with { Reason = "made before" }], _ => { }, default).Single().Reason, Is.EqualTo("made before"));

        // In another variation the cup stands elsewhere: the same motions miss it, and the worker sees that.
        var elsewhere = EvaluationEpisode.Run(suite.Tasks[0], new Elsewhere(replay), outcome.Run with { Seed = 3000007 }, default);
        Assert.That((elsewhere.Verdict, elsewhere.GoalMet), Is.EqualTo((Verdict.Failure, false)), elsewhere.Reason);
    }

    private async Task<string> GenerateAsync()
    {
        var bag = new DiagnosticBag();
        var file = Path.Combine(folder, "spec.yaml");
        await File.WriteAllTextAsync(file, $$"""
            generate: robotworker/v1
            name: replayed
            plan: {{Repository.PathOf("sim/tasks/one-cup-to-shelf.yaml")}}
            seed: 3000000
            fps: 20
            instructions: [Put the red cup on the shelf.]
            """);
        var spec = GenerateSpecReader.Read(file, bag) ?? throw new AssertionException(string.Join('\n', bag.All));
        var output = Path.Combine(folder, "set");
        using var shelf = new EpisodeShelf(output, spec.Layout);
        shelf.Open("test", resume: false);
        var generator = new DatasetGenerator(spec, shelf, [], "test");
        generator.Make(1, 1, _ => { }, default);
        var sets = await generator.AssembleAsync(output, 1, default);
        return sets.Single().Folder;
    }

    /// <summary>The same motions whatever the seed.</summary>
    private sealed record Elsewhere(NamedPolicy Inner) : NamedPolicy(Inner.Text, Inner.Sum)
    {
        public override IPolicySource? For(ulong seed) => Inner.For(3000000);
    }
}
