using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.World;

public sealed class WorldModelTests
{
    private static readonly RobotTime Now = RobotTime.FromSeconds(100);
    private static readonly Atom OnTable = Atom.Of("on", "cup1", "table");
    private static readonly PredicateTable Predicates = SkillCatalogueReader.BuiltIn.Predicates;

    // Kleene's strong logic of indeterminacy.
    [TestCase(Truth.True, Truth.True, Truth.True, Truth.True)]
    [TestCase(Truth.True, Truth.False, Truth.False, Truth.True)]
    [TestCase(Truth.True, Truth.Unknown, Truth.Unknown, Truth.True)]
    [TestCase(Truth.False, Truth.False, Truth.False, Truth.False)]
    [TestCase(Truth.False, Truth.Unknown, Truth.False, Truth.Unknown)]
    [TestCase(Truth.Unknown, Truth.Unknown, Truth.Unknown, Truth.Unknown)]
    public void Evaluate_AllAndAny_FollowKleene(Truth a, Truth b, Truth all, Truth any)
    {
        var world = World(("a", a), ("b", b));
        Condition first = new Condition.Holds(Atom.Of("on", "a", "table")), second = new Condition.Holds(Atom.Of("on", "b", "table"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Evaluate(new Condition.All([first, second]), Now), Is.EqualTo(all));
            Assert.That(world.Evaluate(new Condition.All([second, first]), Now), Is.EqualTo(all));
            Assert.That(world.Evaluate(new Condition.Any([first, second]), Now), Is.EqualTo(any));
            Assert.That(world.Evaluate(new Condition.Any([second, first]), Now), Is.EqualTo(any));
        }
    }

    [TestCase(Truth.True, Truth.False)]
    [TestCase(Truth.False, Truth.True)]
    [TestCase(Truth.Unknown, Truth.Unknown)]
    public void Evaluate_Not_LeavesUnknown(Truth inner, Truth expected)
    {
        Assert.That(World(("a", inner)).Evaluate(new Condition.Not(new Condition.Holds(Atom.Of("on", "a", "table"))), Now), Is.EqualTo(expected));
    }

    [Test]
    public void Evaluate_NothingSaid_IsUnknownAndEmptyConditionsAreNot()
    {
        var world = WorldModel.Empty(Predicates);

        Assert.That(world.Evaluate(new Condition.Holds(OnTable), Now), Is.EqualTo(Truth.Unknown));
        Assert.That(world.Evaluate(Condition.Always, Now), Is.EqualTo(Truth.True));
        Assert.That(world.Evaluate(ConditionAtoms.Never, Now), Is.EqualTo(Truth.False));
    }

    [Test]
    public void Find_FactOlderThanItsPredicateAllows_CountsNoMore()
    {
        var age = Predicates.MaxAge("on");
        var world = WorldModel.Empty(Predicates).With(Fact(OnTable, Now));

        Assert.That(world.Find(OnTable, Now + age), Is.Not.Null);
        Assert.That(world.Find(OnTable, Now + age + TimeSpan.FromMilliseconds(1)), Is.Null);
    }

    [Test]
    public void Find_FactCapturedBeforeSince_CountsNot()
    {
        var world = WorldModel.Empty(Predicates).With(Fact(OnTable, Now));

        Assert.That(world.Find(OnTable, Now, since: Now), Is.Not.Null);
        Assert.That(world.Find(OnTable, Now, since: Now + TimeSpan.FromMilliseconds(1)), Is.Null);
    }

    [Test]
    public void With_SourceThatCannotSettleThePredicate_ChangesNothing()
    {
        var world = WorldModel.Empty(Predicates);

        Assert.That(world.With(Fact(OnTable, Now) with { Source = "gripper" }), Is.SameAs(world));
        Assert.That(world.With(Fact(OnTable, Now) with { Source = "plan" }), Is.SameAs(world));
        Assert.That(world.With(Fact(Atom.Of("flies", "cup1"), Now)), Is.SameAs(world));
    }

    [Test]
    public void With_FactThatArrivesLate_DoesNotReplaceTheNewer()
    {
        var world = WorldModel.Empty(Predicates).With(Fact(OnTable, Now) with { Value = Truth.False });

        Assert.That(world.With(Fact(OnTable, Now - TimeSpan.FromSeconds(1))).Evaluate(new Condition.Holds(OnTable), Now), Is.EqualTo(Truth.False));
    }

    private static WorldModel World(params (string Name, Truth Value)[] cups) => cups
        .Aggregate(WorldModel.Empty(Predicates), (w, c) => w.With(Fact(Atom.Of("on", c.Name, "table"), Now) with { Value = c.Value }));

    private static Fact Fact(Atom atom, RobotTime at) => new(atom, Truth.True, at, "detector");
}
