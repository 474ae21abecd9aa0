using RobotWorker.Sim.Truth;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Tests.Sim.Truth;

/// <summary>The truth answers every goal that a plan may have; where it cannot tell, it says so.</summary>
public sealed class GoalTruthTests
{
    private static readonly string[] Judged = ["at", "empty", "holding", "in", "on", "serves"];

    [Test]
    public void Holds_EveryPredicateOfTheCatalogue_IsJudgedOrUnknown()
    {
        using var world = Kitchen.World();
        var truth = new GoalTruth(world, new(world));
        var catalogue = SkillCatalogueReader.BuiltIn;
        var judged = catalogue.Predicates.ByName.Values.Where(p => truth.Holds(Example(p.Name, p.Arguments)) is not null).Select(p => p.Name);
        Assert.That(judged.Order(StringComparer.Ordinal), Is.EqualTo(Judged));
    }

    [Test]
    public void Holds_PartIsUnknown_FollowsKleene()
    {
        using var world = Kitchen.World();
        var truth = new GoalTruth(world, new(world));
        var (yes, unknown) = (Of("empty", "gripper"), Of("located", "cup_red"));
        var no = new Condition.Not(yes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(truth.Holds(new Condition.All([yes, unknown])), Is.Null);
            Assert.That(truth.Holds(new Condition.All([unknown, no])), Is.False);
            Assert.That(truth.Holds(new Condition.Any([unknown, yes])), Is.True);
            Assert.That(truth.Holds(new Condition.Any([no, unknown])), Is.Null);
            Assert.That(truth.Holds(new Condition.Not(unknown)), Is.Null);
        }
    }

    [TestCase("on", "cup_red", "nowhere"), TestCase("on", "nothing", "table"), TestCase("at", "robot", "nowhere"), TestCase("holding", "robot", "nothing")]
    public void Holds_NameIsNotInTheScene_IsUnknown(string predicate, string first, string second)
    {
        using var world = Kitchen.World();
        Assert.That(new GoalTruth(world, new(world)).Holds(Of(predicate, first, second)), Is.Null);
    }

    private static Condition Of(string predicate, params string[] arguments) => new Condition.Holds(Atom.Of(predicate, arguments));

    private static Condition Example(string predicate, IEnumerable<string> types) => Of(predicate, [.. types.Select(Named)]);

    private static string Named(string type) => type switch
    {
        "object" or "thing" => "cup_red",
        "surface" or "support" => "table",
        "container" => Kitchen.Workplace.Scene.Containers[0].Name,
        "place" => "table_side",
        _ => type,
    };
}
