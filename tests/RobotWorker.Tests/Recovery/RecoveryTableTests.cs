using RobotWorker.Recovery;
using RobotWorker.Skills;

namespace RobotWorker.Tests.Recovery;

public sealed class RecoveryTableTests
{
    private static readonly Budget Spent = new("everything is");

    // The table of docs/architecture, row by row: pure, idempotent, resumable, irreversible.
    [TestCase(Effect.Done, true, false, "Skip Skip Skip Skip")]
    [TestCase(Effect.Done, false, false, "Skip Skip Skip Skip")]
    [TestCase(Effect.NotStarted, true, false, "Retry Retry Retry Retry")]
    [TestCase(Effect.NotStarted, false, false, "Retry Repair Repair Repair")]
    [TestCase(Effect.Partial, true, false, "Retry Retry Resume Ask")]
    [TestCase(Effect.Partial, false, false, "Retry Repair Resume Ask")]
    [TestCase(Effect.Unknown, true, false, "Retry Look Look Ask")]
    [TestCase(Effect.Unknown, false, false, "Retry Look Look Ask")]
    [TestCase(Effect.Unknown, true, true, "Retry Retry Ask Ask")]
    public void Decide_EveryCell_IsAsTheTableSays(Effect effect, bool ready, bool lookedAgain, string row)
    {
        var decided = Enum.GetValues<EffectClass>().Select(skill => RecoveryTable.Decide(effect, skill, ready, lookedAgain, Budget.Left));
        Assert.That(string.Join(' ', decided), Is.EqualTo(row));
    }

    [Test]
    public void Decide_BudgetSpent_AsksUnlessItIsDone([Values] Effect effect, [Values] EffectClass skill, [Values] bool ready) =>
        Assert.That(RecoveryTable.Decide(effect, skill, ready, false, Spent), Is.EqualTo(effect == Effect.Done ? Decision.Skip : Decision.Ask));
}
