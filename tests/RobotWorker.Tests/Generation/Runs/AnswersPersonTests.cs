using RobotWorker.Execution;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Tests.Generation.Runs;

public sealed class AnswersPersonTests
{
    private static readonly Question Question = new("root/pick", "What now?", ["retry", "skip", "abort"], "it slipped");

    [Test]
    public async Task Ask_OneAnswerForEachQuestion_ThenNobodyAnswers()
    {
        var person = new AnswersPerson(["retry", "skip"]);

        Assert.That(await Answers(person, 3), Is.EqualTo(["retry", "skip", null]));
    }

    [Test]
    public async Task Ask_AnAnswerWrittenOtherwise_IsTheOptionThatIsMeant() =>
        Assert.That(await Answers(new(["Skip", " ABORT "]), 2), Is.EqualTo(["skip", "abort"]));

    [Test]
    public async Task Ask_AnAnswerThatIsNoOption_IsNone() => Assert.That(await Answers(new(["perhaps", "skip"]), 2), Is.EqualTo([null, "skip"]));

    private static async Task<List<string?>> Answers(AnswersPerson person, int questions)
    {
        var answers = new List<string?>();
        for (var i = 0; i < questions; i++) answers.Add(await person.AskAsync(Question, default));
        return answers;
    }
}
