using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills;

public sealed class SkillCatalogueTests
{
    private static readonly SkillCatalogue BuiltIn = SkillCatalogueReader.BuiltIn;

    private static readonly Dictionary<string, string> Types = new()
    {
        ["cup1"] = "cup", ["shelf"] = "surface", ["bin"] = "container", ["robot"] = "robot", ["gripper"] = "gripper",
    };

    private static readonly string[] KnownToThePlanAlone = ["call_action", "run_policy"];

    [Test]
    public void BuiltIn_EveryAtom_IsOfAKnownPredicateWithItsNumberOfNames()
    {
        foreach (var skill in BuiltIn.Skills.Values)
        {
            var conditions = new[] { skill.Pre, skill.Hold, skill.Post, skill.NotStarted, skill.Partial }
                .Concat(skill.Stages.Select(s => s.Entry)).Concat(skill.Cases.SelectMany(c => new[] { c.Post, c.NotStarted }));
            var atoms = conditions.SelectMany(c => c.Walk()).Concat(skill.Deletes).Concat(skill.Effects.SelectMany(e => e.When.Prepend(e.Adds)));
            foreach (var atom in atoms)
            {
                Assert.That(BuiltIn.Predicates.ByName, Contains.Key(atom.Predicate), $"{skill.Name}: {atom}");
                Assert.That(atom.Arguments, Has.Length.EqualTo(BuiltIn.Predicates.ByName[atom.Predicate].Arguments.Length), $"{skill.Name}: {atom}");
            }
        }
    }

    [Test]
    public void BuiltIn_EverySkill_CanRunOnBothWires()
    {
        foreach (var skill in BuiltIn.Skills.Values)
        {
            Assert.That(skill.Bindings.Keys, Is.EqualTo(["ros1", "ros2"]), skill.Name);
            Assert.That(skill.Deadline is null, Is.EqualTo(KnownToThePlanAlone.Contains(skill.Name)), $"{skill.Name}: only how long an unknown action takes must every step say");
            Assert.That(skill.Timeouts.Cancel, Is.GreaterThan(TimeSpan.Zero), skill.Name);
            Assert.That(skill.Resources, Is.Not.Empty, skill.Name);
            Assert.That(skill.EffectClass != EffectClass.Resumable || skill.Stages.Length > 0, skill.Name);
            Assert.That(skill.Arguments.Select(a => a.Type).Distinct(), Is.SubsetOf(BuiltIn.Types.Keys.Concat(["number", "text", "flag"])), skill.Name);
        }
    }

    [Test]
    public void BuiltIn_EveryAction_UsesWhatItsSkillNeedsAlone()
    {
        string ResourceOf(string binding) => binding switch
        {
            _ when binding.Contains("NavigateToPose") || binding.Contains("MoveBase") => "base",
            _ when binding.Contains("Gripper") => "gripper",
            _ when binding.Contains("PointHead") => "head",
            _ when binding.Contains("FollowJointTrajectory") => "arm",
            _ => throw new AssertionException($"what does {binding} move?"),
        };

        foreach (var skill in BuiltIn.Skills.Values)
            Assert.That(skill.Bindings.Values.SelectMany(b => b).Select(ResourceOf).Distinct(), Is.SubsetOf(skill.Resources), skill.Name);
    }

    [Test]
    public void BuiltIn_EverySkill_HasAPostConditionThatItDoesNotBeginWith([Values("shelf", "cup1")] string at)
    {
        // What an action does that only the plan knows, only the plan's own post can tell.
        foreach (var skill in BuiltIn.Skills.Values.Where(s => !KnownToThePlanAlone.Contains(s.Name)))
        {
            var bound = BoundSkill.Of(BuiltIn, skill, skill.Arguments.ToDictionary(a => a.Name, a => a.Name == "at" ? at : a.Name == "target" ? "bin" : "cup1"), Types.GetValueOrDefault);
            var begins = bound.Pre.Demanded().ToList();
            Assert.That(bound.Post.Demanded().Except(begins), Is.Not.Empty, $"{skill.Name}: success could not be told from having done nothing");
        }
    }

    [Test]
    public void BuiltIn_SkillOfWhichOnlyThePlanKnowsWhatItDoes_DoubtsEverythingThatTheRobotMayChange([ValueSource(nameof(KnownToThePlanAlone))] string skill)
    {
        var call = BuiltIn.Skills[skill];

        Assert.That(call.EffectClass, Is.EqualTo(EffectClass.Irreversible));
        Assert.That(call.Post, Is.EqualTo(Condition.Always));
        Assert.That(call.Deletes.Select(d => d.Predicate), Is.EquivalentTo(BuiltIn.Predicates.ByName.Keys.Except(["localized", "still", "serves"])));
        Assert.That(call.Resources, Is.EquivalentTo(BuiltIn.Skills.Values.SelectMany(s => s.Resources).Distinct()));
    }

    [TestCase("shelf", "empty(gripper) and on(cup1, shelf)")]
    [TestCase("bin", "empty(gripper) and in(cup1, bin)")]
    public void Bind_Place_IsDoneByTheTypeOfItsTarget(string target, string post)
    {
        var bound = Bind("place", ("object", "cup1"), ("target", target));

        Assert.That(bound.Post.ToString(), Is.EqualTo(post));
        Assert.That(bound.NotStarted.ToString(), Does.Contain("not " + post.Split(" and ")[1]));
    }

    [Test]
    public void Bind_Pick_PutsTheObjectInEverywhere()
    {
        var bound = Bind("pick", ("object", "cup1"));

        Assert.That(bound.Pre.ToString(), Is.EqualTo("reachable(robot, cup1) and empty(gripper) and located(cup1)"));
        Assert.That(bound.Deletes.Select(d => d.ToString()), Does.Contain("on(cup1, _)"));
        Assert.That(bound.Stages[^1].Entry.ToString(), Is.EqualTo("holding(robot, cup1)"));
    }

    [Test]
    public void Bind_ArgumentNotGiven_HasItsDefault()
    {
        Assert.That(Bind("gripper", ("width", "0.04")).Arguments["max_effort"], Is.EqualTo("40"));
    }

    [Test]
    public void IsA_TypeBelow_IsOfTheTypeAbove()
    {
        Assert.That(BuiltIn.IsA("cup", "thing"));
        Assert.That(BuiltIn.IsA("thing", "cup"), Is.False);
        Assert.That(BuiltIn.IsA("bin", "thing"), Is.False);
    }

    [TestCase("skills: robotworker/v1\ntypes: {cup: object}\n", Codes.UnknownType)]
    [TestCase("skills: robotworker/v2\n", Codes.WrongFormat)]
    [TestCase("skills: robotworker/v1\ncatalogue: {wave: {summary: Waves, effect: funny, deadline: 5s}}\n", Codes.NotAChoice)]
    [TestCase("skills: robotworker/v1\ncatalogue: {take: {summary: Takes, effect: resumable, restore: {skill: putt}}}\n", Codes.UnknownSkill)]
    [TestCase("skills: robotworker/v1\ncatalogue: {take: {summary: Takes, effect: resumable, restore: {skill: take, args: {what: $what}}}}\n", Codes.UnknownArgument)]
    [TestCase("skills: robotworker/v1\npredicates: {at: {sources: [eyes], max_age: 1s, changed_by: ghosts}}\n", Codes.NotAChoice)]
    [TestCase("skills: robotworker/v1\ntypes: {cup: ~}\npredicates: {at: {arguments: [cup], sources: [eyes], max_age: 1s, seen_from: [{near: [$shelf]}]}}\n", Codes.UnknownArgument)]
    public void Read_BrokenCatalogue_SaysWhatIsWrong(string text, string code)
    {
        var bag = new DiagnosticBag();

        Assert.That(SkillCatalogueReader.Read(text, "skills.yaml", bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([code]));
    }

    private static BoundSkill Bind(string skill, params (string Name, string Value)[] arguments) =>
        BoundSkill.Of(BuiltIn, BuiltIn.Skills[skill], arguments.ToDictionary(a => a.Name, a => a.Value), Types.GetValueOrDefault);
}
