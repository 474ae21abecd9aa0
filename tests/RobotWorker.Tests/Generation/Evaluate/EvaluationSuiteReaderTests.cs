using RobotWorker.Diagnostics;
using RobotWorker.Generation.Evaluate;
using RobotWorker.Plans;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Evaluate;

public sealed class EvaluationSuiteReaderTests
{
    internal const string Small = """
        evaluation: robotworker/v1
        name: small
        seeds: {first: 3000000, count: 2}
        tasks:
          one-cup: {plan: ../tasks/one-cup-to-shelf.yaml, deadline: 90s}
          tidy: {plan: ../tasks/tidy-table.yaml, scene: ../scenes/kitchen-hauler.yaml}
        """;

    [Test]
    public void TheProjectsSuites_AreReadWhole([ValueSource(nameof(Files))] string file)
    {
        var bag = new DiagnosticBag();
        var suite = EvaluationSuiteReader.Read(file, bag);

        Assert.That(bag.All, Is.Empty);
        Assert.That(suite!.Tasks, Is.Not.Empty);
    }

    [Test]
    public void Suite_HasTasksWithoutFaults_AndAPolicysPlanIsOneStepBeforeTheGoalIsLookedAt()
    {
        var suite = Read(Small, out var bag)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That((suite.Name, suite.Seed, suite.Episodes), Is.EqualTo(("small", 3000000ul, 2)));
        Assert.That(suite.Tasks.Select(t => (t.Name, t.Deadline, t.Job.Robot.Name)), Is.EqualTo([("one-cup", TimeSpan.FromSeconds(90), "porter"), ("tidy", TimeSpan.FromSeconds(300), "hauler")]));
        Assert.That(suite.Tasks.SelectMany(t => t.Job.Faults), Is.Empty, "a plan's own faults are left out");

        var plan = suite.Tasks[0].PlanOf("replay:some");
        var step = (SkillNode)plan.Root;
        Assert.That((step.Skill, step.Arguments["policy"], step.Arguments["most"], step.Deadline), Is.EqualTo(("run_policy", "replay:some", "90", TimeSpan.FromSeconds(100))));
        Assert.That(plan.Goal, Is.EqualTo(suite.Tasks[0].Job.Plan.Goal));
        var found = new DiagnosticBag();
        PlanChecker.Check(plan, suite.Tasks[0].Job.Catalogue, plan.Objects, found);
        Assert.That(found.All, Is.Empty);
    }

    [TestCase("count: 2", "count: 0", Codes.OutOfRange)]
    [TestCase("first: 3000000, ", "", Codes.Missing)]
    [TestCase("one-cup-to-shelf.yaml", "no-cup.yaml", Codes.UnreadFile)]
    [TestCase("deadline: 90s", "deadlin: 90s", Codes.UnknownField)]
    [TestCase("evaluation: robotworker/v1", "evaluation: robotworker/v2", Codes.WrongFormat)]
    public void Mistake_IsRefused(string right, string wrong, string code)
    {
        Assert.That(Read(Small.Replace(right, wrong, StringComparison.Ordinal), out var bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Does.Contain(code));
    }

    [Test]
    public void NoTask_IsRefused()
    {
        Assert.That(Read(Small[..Small.IndexOf("tasks:", StringComparison.Ordinal)], out var bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([Codes.Missing]));
    }

    /// <summary>As if it stood beside the project's own.</summary>
    internal static EvaluationSuite? Read(string text, out DiagnosticBag bag)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("evaluation").FullName, "suite.yaml");
        File.WriteAllText(file, text.Replace("../", Repository.PathOf("sim/"), StringComparison.Ordinal));
        try
        {
            return EvaluationSuiteReader.Read(file, bag = new());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static string[] Files() => Directory.GetFiles(Repository.PathOf("sim/evaluations"), "*.yaml");
}
