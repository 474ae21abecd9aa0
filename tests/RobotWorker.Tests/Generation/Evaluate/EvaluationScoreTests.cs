using System.Text.Json;
using RobotWorker.Episodes;
using RobotWorker.Generation.Evaluate;
using RobotWorker.Generation.Policies;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Tests.Generation.Evaluate;

public sealed class EvaluationScoreTests
{
    private static readonly EvaluationSuite Suite = new("small", "0123456789abcdef", 100, 4, [new("one", null!, default), new("two", null!, default)]);

    [Test]
    public void Success_IsWhatIsTrue_AndKnown()
    {
        var score = Score(
            Run("a", "one", 100, Verdict.Success, met: true), Run("a", "one", 101, Verdict.Success, met: false), Run("a", "one", 102, Verdict.Unknown, met: true),
            Run("a", "one", 103, Verdict.Failure, met: false), Run("a", "two", 100, Verdict.Success, met: true) with { Error = "IOException: full" });

        var (one, all) = (score.Policies[0].Tasks[0], score.Policies[0].All);
        Assert.That((one.Success.Of, one.Success.All, one.Broken), Is.EqualTo((1, 4, 0)));
        Assert.That((one.Verdicts[Verdict.Success, true], one.Verdicts[Verdict.Success, false], one.Verdicts[Verdict.Unknown, true], one.Verdicts[Verdict.Failure, false]), Is.EqualTo((1, 1, 1, 1)));
        Assert.That((all.Success.Of, all.Success.All, all.Broken), Is.EqualTo((1, 5, 1)), "what of ours broke is no success");
        Assert.That(score.LeftOut, Is.EqualTo((2 * 4 * 2) - 5));
    }

    [Test]
    public void Comparison_PairsRunsOfTheSameTaskAndSeed_AndLeavesOutWhatHasNoPartner()
    {
        var score = Score(
            Run("a", "one", 100, Verdict.Success, true), Run("b", "one", 100, Verdict.Success, true),
            Run("a", "one", 101, Verdict.Success, true), Run("b", "one", 101, Verdict.Failure, false),
            Run("a", "two", 101, Verdict.Failure, false), Run("b", "two", 101, Verdict.Success, true),
            Run("a", "two", 102, Verdict.Failure, false));

        Assert.That(score.Comparison, Is.EqualTo(new RobotWorker.Dependability.PairedComparison(1, 1, 1, 0)));
    }

    [Test]
    public void MedianTime_IsOfTheRunsThatSucceed() => Assert.That(
        Score(Run("a", "one", 100, Verdict.Success, true, 10), Run("a", "one", 101, Verdict.Success, true, 30), Run("a", "one", 102, Verdict.Failure, false, 500)).Policies[0].All.MedianSeconds,
        Is.EqualTo(20));

    [Test]
    public void FileAndPage_SayTheSame_AndAFigureThatDoesNotExistIsNull()
    {
        var score = Score(Run("a", "one", 100, Verdict.Success, true), Run("a", "one", 101, Verdict.Failure, false), Run("b", "one", 100, Verdict.Failure, false));

        using var json = JsonDocument.Parse(EvaluationFile.Json(score));
        var root = json.RootElement;
        Assert.That(root.GetProperty("policies")[0].GetProperty("all").GetProperty("succeeded").GetInt32(), Is.EqualTo(1));
        Assert.That(root.GetProperty("policies")[0].GetProperty("all").GetProperty("share").GetProperty("lower").GetDouble(), Is.EqualTo(0.0945).Within(0.0001));
        Assert.That(root.GetProperty("policies")[0].GetProperty("all").GetProperty("pass_k").GetProperty("2").GetDouble(), Is.Zero);
        Assert.That(root.GetProperty("policies")[0].GetProperty("all").GetProperty("pass_k").GetProperty("8").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(root.GetProperty("policies")[1].GetProperty("all").GetProperty("median_seconds").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(root.GetProperty("comparison").GetProperty("pairs").GetInt32(), Is.EqualTo(1));

        var page = EvaluationPage.Write(score);
        Assert.That(page, Does.Contain("a: 1 of 2 runs").And.Contain("9.5 % to 90.5 %").And.Contain("not known").And.Contain("McNemar"));
    }

    [TestCase("", "no policy")]
    [TestCase("experts", "no policy")]
    [TestCase("replay:", "no policy")]
    [TestCase("replay:/no/such/folder", "no data set")]
    public void PolicyThatIsNone_IsRefusedWithAWord(string text, string word) =>
        Assert.That(() => NamedPolicy.Parse(text), Throws.InstanceOf<PolicyException>().With.Message.Contains(word));

    private static EvaluationScore Score(params EvaluationOutcome[] outcomes) => EvaluationScore.Of(Suite, [new Named("a"), new Named("b")], outcomes);

    private static EvaluationOutcome Run(string policy, string task, ulong seed, Verdict verdict, bool met, double seconds = 20) => new(
        new(policy, "", task, seed), verdict, met, verdict == Verdict.Success ? EpisodeOutcome.Succeeded : EpisodeOutcome.NeedsPerson, "", seconds, 0);

    private sealed record Named(string Text) : NamedPolicy(Text, "")
    {
        public override IPolicySource? For(ulong seed) => null;
    }
}
