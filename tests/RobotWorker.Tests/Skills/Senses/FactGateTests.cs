using RobotWorker.Skills.Senses;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>What is worth telling the worker.</summary>
public sealed class FactGateTests
{
    private static readonly Atom Located = Atom.Of("located", "cup_red");

    private Inbox inbox = new();
    private FactGate gate = null!;

    [SetUp]
    public void Open()
    {
        inbox = new();
        gate = new(inbox, Workshop.Predicates);
    }

    [Test]
    public void Post_TheSameAgain_IsKeptBack()
    {
        Post(Located, Truth.True, 0);
        Post(Located, Truth.True, 0.1);

        Assert.That(inbox.Facts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Post_ChangedValue_PassesAtOnce()
    {
        Post(Located, Truth.True, 0);
        Post(Located, Truth.False, 0.01);
        Post(Located, Truth.Unknown, 0.02);

        Assert.That(inbox.Facts.Select(f => f.Value), Is.EqualTo([Truth.True, Truth.False, Truth.Unknown]));
    }

    [TestCase(0.009, 1, TestName = "Post_MovedByLessThanACentimetre_IsKeptBack")]
    [TestCase(0.011, 2, TestName = "Post_MovedByMoreThanACentimetre_Passes")]
    public void Post_Moved(double metres, int passed)
    {
        Post(Located, Truth.True, 0, 1.0);
        Post(Located, Truth.True, 0.1, 1.0 + metres);

        Assert.That(inbox.Facts, Has.Count.EqualTo(passed));
    }

    [Test]
    public void Post_CreepsInSmallSteps_PassesOnceItHasMovedACentimetreAltogether()
    {
        for (var i = 0; i < 6; i++) Post(Located, Truth.True, 0.1 * i, 1 + (0.003 * i));

        Assert.That(inbox.Facts.Select(f => f.Where!.Pose.Position.X), Is.EqualTo([1.0, 1.012]).Within(1e-9));
    }

    // Half of the time for which the predicate counts, and never more than a second.
    [TestCase("still", 0.25)]
    [TestCase("holding", 0.5)]
    [TestCase("at", 1.0)]
    [TestCase("located", 1.0)]
    public void Post_TheSameForLong_IsSaidAgainBeforeHalfOfItsAge(string predicate, double seconds)
    {
        var atom = Atom.Of(predicate, "robot");
        Post(atom, Truth.True, 10);
        Post(atom, Truth.True, 10 + seconds - 0.01);
        Assert.That(inbox.Facts, Has.Count.EqualTo(1));

        Post(atom, Truth.True, 10 + seconds);
        Assert.That(inbox.Facts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Post_SomebodyWaitsForIt_PassesEachTimeAndOthersDoNot()
    {
        var other = Atom.Of("located", "cup_blue");
        using var awaited = gate.Await([Located]);
        for (var i = 0; i < 3; i++)
        {
            Post(Located, Truth.True, 0.1 * i);
            Post(other, Truth.True, 0.1 * i);
        }

        Assert.That(inbox.Facts.Count(f => f.Atom.Equals(Located)), Is.EqualTo(3));
        Assert.That(inbox.Facts.Count(f => f.Atom.Equals(other)), Is.EqualTo(1));
    }

    [Test]
    public void Await_OneOfTwoWaitersEnds_TheOtherStillWaits()
    {
        var first = gate.Await([Located]);
        using var second = gate.Await([Located]);
        first.Dispose();
        first.Dispose();
        for (var i = 0; i < 3; i++) Post(Located, Truth.True, 0.1 * i);

        Assert.That(inbox.Facts, Has.Count.EqualTo(3));
    }

    [Test]
    public void Last_OlderThanAskedFor_IsNone()
    {
        Post(Located, Truth.True, 5);

        Assert.That(gate.Last(Located, Workshop.Seconds(5)), Is.Not.Null);
        Assert.That(gate.Last(Located, Workshop.Seconds(5.001)), Is.Null);
    }

    private void Post(Atom atom, Truth value, double seconds, double? x = null) =>
        gate.Post(new(atom, value, Workshop.Seconds(seconds), "detector", Where: x is { } at ? new("map", Workshop.At(at, 0, 0)) : null));
}
