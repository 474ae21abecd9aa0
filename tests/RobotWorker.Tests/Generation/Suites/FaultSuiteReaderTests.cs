using RobotWorker.Diagnostics;
using RobotWorker.Generation.Suites;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Suites;

public sealed class FaultSuiteReaderTests
{
    [Test]
    public void TheProjectsSuite_IsReadWhole()
    {
        var suite = Read(File.ReadAllText(Repository.PathOf("sim/faults/suite.yaml")), out var bag)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That(suite.Faults, Has.Length.AtLeast(25));
        Assert.That(suite.Tasks.Select(t => t.Name), Is.EqualTo(["tidy-table", "one-cup-to-shelf", "patrol"]));
        Assert.That((suite.Condition(FaultSuite.Standard).Runs, suite.Condition(FaultSuite.Standard).Clean), Is.EqualTo((20, TimeSpan.FromHours(30))));
        Assert.That(suite.Tasks.SelectMany(t => t.Jobs.Values).SelectMany(j => j.Faults), Is.Empty, "a plan's own faults are left out");
        Assert.That(suite.Tasks[0].Jobs["other-robot"].Robot.Name, Is.Not.EqualTo(suite.Tasks[0].Jobs[FaultSuite.Standard].Robot.Name));
    }

    [TestCase("duration: 6s, ", "", Codes.Missing, TestName = "Fault_WithoutADuration_IsRefused")]
    [TestCase("tasks: [patrol]", "tasks: [patroll]", Codes.NotAChoice, TestName = "Fault_InATaskThatIsNotThere_IsRefused")]
    [TestCase("joint: 4", "joint: 9", Codes.OutOfRange, TestName = "Fault_OfAJointThatTheArmLacks_IsRefused")]
    [TestCase("scoring: 200000000", "scoring: 100500000", Codes.OutOfRange, TestName = "Seeds_ThatCouldMeet_AreRefused")]
    [TestCase("policies: [off]", "policies: [nothing]", Codes.NotAChoice, TestName = "Policy_Unknown_IsRefused")]
    [TestCase("runs: 1}", "runs: 1, cleen: 1h}", Codes.UnknownField, TestName = "Field_Unknown_IsRefused")]
    [TestCase("patrol.yaml", "patroll.yaml", Codes.UnreadFile, TestName = "Plan_Missing_IsRefused")]
    public void Mistake(string right, string wrong, string code)
    {
        Assert.That(Read(Small, out var none), Is.Not.Null, string.Join('\n', none.All));

        Assert.That(Read(Small.Replace(right, wrong, StringComparison.Ordinal), out var bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Does.Contain(code));
        Assert.That(bag.All.Select(d => d.Place.Line), Has.All.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void Program_IsTheSameForEachPolicy_AndNoRunOfOneFaultIsAnothers()
    {
        var suite = Read(Small, out _)!;
        var runs = SuiteProgram.WithFaults(suite, suite.Condition(FaultSuite.Standard), suite.Seeds.Scoring).ToList();

        Assert.That(runs, Has.Count.EqualTo(2 * 3 * 3), "two faults, three runs, three policies");
        Assert.That(runs.GroupBy(r => (r.Fault, r.Number)).Select(g => g.Select(r => r.Seed).Distinct().Count()), Has.All.EqualTo(1));
        Assert.That(runs.Select(r => r.Seed).Distinct().Count(), Is.EqualTo(6));
        Assert.That(SuiteProgram.Clean(suite, suite.Condition(FaultSuite.Standard), suite.Seeds.Scoring).Take(100).Select(r => r.Seed).Intersect(runs.Select(r => r.Seed)), Is.Empty);
    }

    internal const string Small = """
        suite: robotworker/v1
        name: small
        runs: 3
        clean: 1h
        seeds: {tuning: 100000000, scoring: 200000000}
        tasks:
          patrol: {plan: ../tasks/patrol.yaml, within: 4s}
        conditions:
          quiet: {policies: [off], runs: 1}
        faults:
        - {fault: E_STOP, duration: 4s, hard: true, tasks: [patrol]}
        - {fault: ARM_ENCODER_JUMP, duration: 6s, other: {joint: 4}}
        """;

    /// <summary>As if it stood beside the project's own.</summary>
    internal static FaultSuite? Read(string text, out DiagnosticBag bag)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("suite").FullName, "suite.yaml");
        File.WriteAllText(file, text.Replace("../", Repository.PathOf("sim/"), StringComparison.Ordinal));
        try
        {
            return FaultSuiteReader.Read(file, bag = new());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
