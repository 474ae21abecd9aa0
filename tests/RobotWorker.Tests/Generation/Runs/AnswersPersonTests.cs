using RobotWorker.Execution;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Tests.Generation.Runs;

public sealed class AnswersPersonTests
{
    private static readonly Question Question = new("root/pick", "What now?", ["retry", "skip", "abort"], "it slipped");

    [Test]
    public async Task Ask_OneAnswerForEachQuestion_ThenNobodyAnswers()
    {
        var person = Who("retry", "skip");

        Assert.That(await Answers(person, 3), Is.EqualTo(["retry", "skip", null]));
    }

    [Test]
    public async Task Ask_AnAnswerWrittenOtherwise_IsTheOptionThatIsMeant() =>
        Assert.That(await Answers(Who("Skip", " ABORT "), 2), Is.EqualTo(["skip", "abort"]));

    [Test]
    public async Task Ask_AnAnswerThatIsNoOption_IsNoneAndTold()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "# for the slip\n\nperhaps\nskip\n");
        var told = new List<string>();

        Assert.That(await Answers(new(AnswersPerson.Read(file), told.Add), 2), Is.EqualTo([null, "skip"]));
        Assert.That(told.Single(), Does.StartWith($"{file}:3: 'perhaps'").And.Contain("retry, skip, abort"));
        File.Delete(file);
    }

    private static AnswersPerson Who(params string[] says) => new(says.Select((text, i) => new WrittenAnswer(text, $"answers:{i + 1}")), _ => { });

    private static async Task<List<string?>> Answers(AnswersPerson person, int questions)
    {
        var answers = new List<string?>();
        for (var i = 0; i < questions; i++) answers.Add(await person.AskAsync(Question, default));
        return answers;
    }
}
