using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Dependability;
using static RobotWorker.Tests.Dependability.Histories;

namespace RobotWorker.Tests.Dependability;

public sealed class ConsequencesTests
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Causes = new Dictionary<string, ImmutableArray<string>>
    {
        ["DRIVE"] = ["STOP"], ["LOST"] = ["DRIVE"],
    }.ToImmutableSortedDictionary();

    [Test]
    public void Fold_ConsequenceOfAConsequence_StandsUnderTheFirst() =>
        Assert.That(Fold(Spell("STOP", 10, 20), Spell("DRIVE", 11, 20), Spell("LOST", 13, 20)), Is.EqualTo(["STOP <- DRIVE LOST"]));

    [Test]
    public void Fold_LongIntoItsCause_StandsUnderIt() =>
        Assert.That(Fold(Spell("STOP", 10, 60), Spell("DRIVE", 40, 50)), Is.EqualTo(["STOP <- DRIVE"]));

    [TestCase(12.9, "STOP <- DRIVE")]
    [TestCase(13.1, "STOP|DRIVE")]
    public void Fold_AfterItsCauseWasOver_StandsForItself(double began, string folded) =>
        Assert.That(string.Join('|', Fold(Spell("STOP", 10, 12), Spell("DRIVE", began, 20))), Is.EqualTo(folded));

    // A camera was heard last some milliseconds before the link was.
    [TestCase(9.1, "STOP <- DRIVE")]
    [TestCase(8.9, "DRIVE|STOP")]
    public void Fold_ALittleBeforeItsCause_StandsUnderIt(double began, string folded) =>
        Assert.That(string.Join('|', Fold(Spell("DRIVE", began, 20), Spell("STOP", 10, 60))), Is.EqualTo(folded));

    [Test]
    public void Fold_OnAnotherRobot_StandsForItself() =>
        Assert.That(Fold(Spell("STOP", 10, 60), Spell("DRIVE", 11, 20, robot: "other")), Is.EqualTo(["STOP", "DRIVE"]));

    [Test]
    public void Fold_NoKnownCause_StandsForItself() =>
        Assert.That(Fold(Spell("STOP", 10, 60), Spell("LOST", 11, 20), Spell("STOP", 12, 20)), Is.EqualTo(["STOP", "LOST", "STOP"]));

    [Test]
    public void Fold_WhateverTheOrder_NoFaultIsLostOrDoubled()
    {
        var chance = RandomStream.For(7, "fold", "faults");
        for (var round = 0; round < 200; round++)
        {
            var faults = Enumerable.Range(0, 20).Select(_ => Spell(new[] { "STOP", "DRIVE", "LOST" }[chance.NextInt(3)], chance.NextDouble() * 60, 70)).ToArray();

            var folded = Consequences.Fold(faults, Causes);

            Assert.That(folded.SelectMany(r => r.Consequences.Add(r.Fault)), Is.EquivalentTo(faults));
            Assert.That(Consequences.Fold(faults.Reverse(), Causes).Select(r => r.Fault), Is.EqualTo(folded.Select(r => r.Fault)));
        }
    }

    private static IEnumerable<string> Fold(params FaultSpell[] faults) =>
        Consequences.Fold(faults, Causes).Select(r => string.Join(" <- ", new[] { r.Fault.Code, string.Join(' ', r.Consequences.Select(c => c.Code)) }.Where(t => t.Length > 0)));
}
