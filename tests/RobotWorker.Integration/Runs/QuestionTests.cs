using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>What a person answers beforehand is done; where nobody answers, the robot stands still.</summary>
[TestFixture]
public sealed class QuestionTests
{
    // One second is too short for this way: the step fails, may not be tried again, and asks.
    private const string Hurry = """
        - {id: go, skill: navigate_to, args: {place: table_side}, deadline: 1s, retry: {attempts: 1}, on_failure: {ask: "What now?", options: [retry, skip, abort]}}
        - {id: see, skill: look, args: {at: table}}
        """;

    // The blue cup is what the fault waits for.
    private const string Blue = """
        - {id: go, skill: navigate_to, args: {place: table_side}}
        - {id: pick_blue, skill: pick, args: {object: cup_blue}}
        """;

    [TestCase("skip", 0, "succeeded", "ask skip", "finished")]
    [TestCase("abort", 1, "failed", "ask stop", "skipped")]
    [TestCase("retry skip", 0, "succeeded", "ask retry ask skip", "finished")]
    public void Question_AnswersInAFile_AreFollowedInOrder(string answers, int code, string outcome, string decisions, string nextStep)
    {
        var (result, report) = Ask("hurry", Hurry, answers.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(code), result.Errors + result.Output);
        Assert.That(report.Outcome, Is.EqualTo(outcome));
        Assert.That(report.Recoveries, Is.EqualTo(decisions.Split(' ').Select(d => ("root/go", d))));
        Assert.That(report.State("root/see"), Is.EqualTo(nextStep));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Question_NobodyAnswers_NeedsAPersonAndStandsStill(bool emptyFile)
    {
        var (result, report) = Ask("hurry", Hurry, emptyFile ? ["# nobody is here"] : null);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Errors + result.Output);
        Assert.That(report.Outcome, Is.EqualTo("needs_person"));
        var trace = Trace.Of(report.Mcap);
        Assert.That(trace.Between(trace.End - TimeSpan.FromSeconds(0.3), trace.End).Where(s => s.Moves), Is.Empty);
    }

    [Test]
    public void Question_TheFaultDoesNotHeal_AsksAndWithoutAnAnswerNothingMoves()
    {
        var folder = Path.Combine(Story.Folder, "unhealed");
        Directory.CreateDirectory(folder);
        var fault = Path.Combine(folder, "for-good.yaml");
        File.WriteAllText(fault, File.ReadAllText(Repository.PathOf("sim/faults/gripper-force-loss.yaml")).Replace("duration: 6s", "duration: 600s"));

        var (result, report) = Ask("unhealed", Blue, null, fault);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Errors + result.Output);
        var trace = Trace.Of(report.Mcap);
        var confirmed = trace.Events.OfType<Execution.Core.Event.FaultConfirmed>().First().Now;
        Assert.That((trace.End - confirmed).TotalSeconds, Is.GreaterThan(30), "it waited for the fault to heal");
        Assert.That(trace.Between(confirmed + TimeSpan.FromSeconds(0.5), trace.End).Where(s => s.Moves), Is.Empty);
    }

    private static (PeerResult Result, ReportFile Report) Ask(string id, string steps, string[]? answers, params string[] faults)
    {
        var folder = Path.Combine(Story.Folder, $"{id}-{string.Join('-', answers ?? ["nobody"])}");
        var plan = PlanFile.Write(folder, id, steps, faults);
        string[] arguments = ["run", plan, "--plain", "--video", "none", "--output", folder];
        if (answers is not null)
        {
            var file = Path.Combine(folder, "answers.txt");
            File.WriteAllLines(file, answers);
            arguments = [.. arguments, "--answers", file];
        }
        var result = RobotWorkerCommand.Run(arguments);
        return (result, new(Path.Combine(folder, $"{id}-1.json")));
    }
}
