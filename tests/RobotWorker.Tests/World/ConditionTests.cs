using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Tests.World;

public sealed class ConditionTests
{
    [TestCase("{on: [cup1, shelf]}", "on(cup1, shelf)")]
    [TestCase("[{on: [cup1, shelf]}]", "on(cup1, shelf)")]
    [TestCase("[{on: [cup1, shelf]}, {not: {empty: [gripper]}}]", "on(cup1, shelf) and not empty(gripper)")]
    [TestCase("{any: [{on: [$cup, shelf]}, {all: []}]}", "(on($cup, shelf) or true)")]
    [TestCase("[]", "true")]
    public void Read_Document_GivesTheCondition(string text, string expected)
    {
        Assert.That(Read(text).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Read_Atom_KnowsItsPlaceAndEqualsTheSameAtomElsewhere()
    {
        var atom = Read("[{on: [cup1, shelf]},\n {empty: [gripper]}]").Atoms()[1];

        Assert.That(atom.Place, Is.EqualTo(new Place("c.yaml", 2, 3)));
        Assert.That(atom, Is.EqualTo(Atom.Of("empty", "gripper")));
    }

    [Test]
    public void Substitute_Variables_PutsNamesInAndLeavesTheUnknown()
    {
        var condition = Read("[{on: [$cup, $where]}, {not: {holding: [robot, $cup]}}]");

        var bound = condition.Substitute(new Dictionary<string, string> { ["cup"] = "cup1" });

        Assert.That(bound.ToString(), Is.EqualTo("on(cup1, $where) and not holding(robot, cup1)"));
    }

    [Test]
    public void Atoms_OfNestedCondition_ComeOnceInOrderOfWriting()
    {
        var condition = Read("[{not: {on: [b, c]}}, {any: [{on: [a, c]}, {on: [b, c]}]}]");

        Assert.That(condition.Atoms(), Is.EqualTo([Atom.Of("on", "b", "c"), Atom.Of("on", "a", "c")]));
    }

    [Test]
    public void DemandedAndForbidden_UnderAny_AreNeither()
    {
        var condition = Read("[{on: [a, c]}, {not: {empty: [gripper]}}, {any: [{on: [b, c]}]}]");

        Assert.That(condition.Demanded(), Is.EqualTo([Atom.Of("on", "a", "c")]));
        Assert.That(condition.Forbidden(), Is.EqualTo([Atom.Of("empty", "gripper")]));
    }

    [Test]
    public void Matches_Pattern_TakesAnyNameForUnderscore()
    {
        Assert.That(Atom.Of("on", "cup1", "table").Matches(Atom.Of("on", "cup1", "_")));
        Assert.That(Atom.Of("on", "cup2", "table").Matches(Atom.Of("on", "cup1", "_")), Is.False);
        Assert.That(Atom.Of("in", "cup1", "bin").Matches(Atom.Of("on", "cup1", "_")), Is.False);
    }

    [Test]
    public void Or_WithNever_IsTheOther()
    {
        var condition = Read("{empty: [gripper]}");

        Assert.That(ConditionAtoms.Never.Or(condition), Is.EqualTo(condition));
        Assert.That(condition.Or(ConditionAtoms.Never), Is.EqualTo(condition));
    }

    private static Condition Read(string text)
    {
        var bag = new DiagnosticBag();
        var condition = ConditionReader.Read(DocumentReader.Read(text, "c.yaml", bag)!, bag);
        Assert.That(bag.All, Is.Empty);
        return condition;
    }
}
