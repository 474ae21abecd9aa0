using System.Reflection;
using RobotWorker.Cli;
using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;
using RobotWorker.MuJoCo;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Cli;

public sealed class ExitCodeTests
{
    private static readonly string Kitchen = Repository.PathOf("sim/scenes/kitchen.yaml");

    [Test]
    public void EveryCode_StandsInTheDocument()
    {
        var table = File.ReadLines(Repository.PathOf("docs/exit-codes.md")).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 2 && int.TryParse(cells[1], out _)).ToDictionary(cells => int.Parse(cells[1]), cells => cells[2]);
        var ours = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (int)f.GetRawConstantValue()!).ToList();

        Assert.That(ours, Is.Unique.And.SubsetOf(table.Keys));
        Assert.That(table.Keys.Except(ours).Select(code => table[code]), Has.All.Contains("`./test` only"), "a code that the command never ends with");
    }

    [TestCase(EpisodeOutcome.Succeeded, 0)]
    [TestCase(EpisodeOutcome.Failed, 1)]
    [TestCase(EpisodeOutcome.NeedsPerson, 3)]
    [TestCase(EpisodeOutcome.Stopped, 130)]
    public void EveryOutcome_HasItsCode(EpisodeOutcome outcome, int code) => Assert.That(ExitCode.Of(outcome), Is.EqualTo(code));

    [TestCaseSource(nameof(Endings))]
    public void Exception_ThatEndsTheCommand_IsOneLineWithItsCode(Exception failure, int code, string said)
    {
        using var errors = new StringWriter();

        Assert.That(Failures.Tell(failure, errors), Is.EqualTo(code));
        Assert.That(errors.ToString(), Does.StartWith(said).And.Contain(failure.Message));
        Assert.That(errors.ToString().TrimEnd(), Does.Not.Contain("\n"));
    }

    private static IEnumerable<TestCaseData<Exception, int, string>> Endings() =>
    [
        new(new MuJoCoUnavailableException("MuJoCo is missing"), 69, "RW0501 "),
        new(new IOException("the disk is full"), 69, "RW0502 "),
        new(new UnauthorizedAccessException("not yours"), 69, "RW0502 "),
        new(new RobotNotReadyException("no /tf came"), 69, "RW0504 "),
        new(new InvalidOperationException("no such state"), 70, "RW0599 internal error"),
    ];

    [Test]
    public void Check_AGoodFile_Is0()
    {
        var command = CommandLine.Run("check", Repository.PathOf("sim/tasks/tidy-table.yaml"));

        Assert.That(command.Code, Is.Zero, command.Output);
        Assert.That(command.Output, Does.Contain("nothing is wrong"));
    }

    [Test]
    public void Check_ABrokenFile_Is2AndNamesThePlace()
    {
        var command = CommandLine.Run("check", Repository.PathOf("tests/RobotWorker.Tests/Corpus/plans/skill-unknown.yaml"));

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Output, Does.Contain("RW0022").And.Contain("skill-unknown.yaml:6:11").And.Contain("did you mean 'pick'?"));
    }

    [Test]
    public void Check_AsJson_IsForPrograms()
    {
        var command = CommandLine.Run("check", "--json", Repository.PathOf("tests/RobotWorker.Tests/Corpus/plans/skill-unknown.yaml"));
        using var json = System.Text.Json.JsonDocument.Parse(command.Output);

        Assert.That(json.RootElement.GetProperty("ok").GetBoolean(), Is.False);
        var found = json.RootElement.GetProperty("diagnostics")[0];
        Assert.That((found.GetProperty("code").GetString(), found.GetProperty("line").GetInt32(), found.GetProperty("column").GetInt32()), Is.EqualTo(("RW0022", 6, 11)));
    }

    [Test]
    public void Run_AFileThatIsMissing_Is2AndNothingIsStarted()
    {
        var command = CommandLine.Run("run", "no-such-plan.yaml");

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain("RW0032").And.Contain("Nothing was started."));
    }

    [Test]
    public void Run_NoSuchAnswers_Is2AndNothingIsStarted()
    {
        var command = CommandLine.Run("run", Repository.PathOf("sim/tasks/tidy-table.yaml"), "--answers", "no-such-answers.txt");

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain("no-such-answers.txt").And.Contain("Nothing was started."));
    }

    [Test]
    public void Do_NotUnderstood_Is2WithExamples()
    {
        var command = CommandLine.Run("do", "juggle the red cup", "--scene", Kitchen);

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain("RW04").And.Contain("One can say, for example:"));
    }

    [Test]
    public void Plan_Understood_Is0AndPrintsAPlanThatChecks()
    {
        var command = CommandLine.Run("plan", "put the red cup on the shelf", "--scene", Kitchen);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, command.Output);

        Assert.That(command.Code, Is.Zero, command.Errors);
        Assert.That(CommandLine.Run("check", file, "--scene", Kitchen).Code, Is.Zero, command.Output);
        File.Delete(file);
    }

    [TestCase("run", TestName = "AnArgumentMissing_Is2")]
    [TestCase("run|plan.yaml|--sed|4", TestName = "AnOptionMisspelt_Is2")]
    [TestCase("run|plan.yaml|--seed|many", TestName = "AnOptionOfTheWrongKind_Is2")]
    [TestCase("run|plan.yaml|--video|loud", TestName = "AnOptionsWordUnknown_Is2")]
    [TestCase("walk", TestName = "ACommandUnknown_Is2")]
    public void WrongArguments(string arguments)
    {
        var command = CommandLine.Run(arguments.Split('|'));

        Assert.That(command.Code, Is.EqualTo(2), command.Errors + command.Output);
        Assert.That(command.Errors, Is.Not.Empty.And.Not.Contain("   at "), "no stack trace");
    }
}
