using System.Reflection;
using System.Runtime.CompilerServices;

namespace RobotWorker.Tests.Architecture;

[TestFixture]
public sealed class SourceRulesTests
{
    [Test]
    public void Product_NeverLeavesTheEpisodesThread() => Assert.That(SourceRule.LeavesTheLoop.Violations(Source.OfTheProduct()), Is.Empty);

    [Test]
    public void Product_BlocksOnAsyncCodeInOnePlace() => Assert.That(SourceRule.Blocks.Violations(Source.OfTheProduct()), Is.Empty);

    [Test]
    public void Loop_IsThatPlace()
    {
        var loop = Source.OfTheProduct().Single(source => source.Path == "src/RobotWorker/Time/EpisodeLoop.cs");

        Assert.That(loop.Lines(SourceRule.Blocks.Pattern).Count(), Is.EqualTo(1));
    }

    [Test]
    public void Skills_CannotReachIntoTheSimulator() => Assert.That(SourceRule.BreaksIn.Violations(Source.OfTheProduct()), Is.Empty);

    [TestCase("RobotWorker")]
    [TestCase("RobotWorker.Ros")]
    [TestCase("RobotWorker.MuJoCo")]
    [TestCase("RobotWorker.Recording")]
    [TestCase("RobotWorker.Skills")]
    [TestCase("RobotWorker.Planners")]
    [TestCase("RobotWorker.Sim")]
    [TestCase("RobotWorker.Generation")]
    [TestCase("RobotWorker.Station")]
    [TestCase("RobotWorker.Cli")]
    public void Assembly_HasNoAsyncVoid(string name) => Assert.That(AsyncVoids(Assembly.Load(name).GetTypes()), Is.Empty);

    [TestCase("await task.ConfigureAwait(false);")]
    [TestCase("new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)")]
    [TestCase("Task.Run(() => 1);")]
    [TestCase("Parallel.For(0, 1, _ => { });")]
    [TestCase("await foreach (var x in reader.ReadAllAsync())")]
    public void LeavesTheLoop_Planted_IsFoundButNotOnAWire(string line)
    {
        Assert.That(SourceRule.LeavesTheLoop.Violations([new Source("src/RobotWorker/World/Fact.cs", line)]), Is.Not.Empty);
        Assert.That(SourceRule.LeavesTheLoop.Violations([new Source("src/RobotWorker.Ros/Wire/Link.cs", line)]), Is.Empty);
    }

    [TestCase("task.GetAwaiter().GetResult();")]
    [TestCase("task.Wait();")]
    public void Blocks_Planted_IsFound(string line) =>
        Assert.That(SourceRule.Blocks.Violations([new Source("src/RobotWorker/World/Fact.cs", line)]), Is.Not.Empty);

    [TestCase("using RobotWorker.Sim;")]
    [TestCase("""Type.GetType("RobotWorker.Sim.Truth.World, RobotWorker.Sim")""")]
    [TestCase("""[LibraryImport("mujoco")] """)]
    public void BreaksIn_Planted_IsFoundInSkillsAlone(string line)
    {
        Assert.That(SourceRule.BreaksIn.Violations([new Source("src/RobotWorker.Skills/Pick.cs", line)]), Is.Not.Empty);
        Assert.That(SourceRule.BreaksIn.Violations([new Source("sim/RobotWorker.Generation/Run.cs", line)]), Is.Empty);
    }

    [Test]
    public void AsyncVoids_Planted_AreFound() => Assert.That(
        AsyncVoids([typeof(Planted), .. typeof(Planted).GetNestedTypes(BindingFlags.NonPublic)]), Has.Exactly(2).Items);

    private static List<string> AsyncVoids(IEnumerable<Type> types) => [.. types
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        .Select(method => $"{method.DeclaringType}.{method.Name}")];

    private static class Planted
    {
        public static async void Method() => await Task.Yield();

        // A lambda becomes a method of a nested class.
        public static Action Lambda() => async () => await Task.Yield();
    }
}
