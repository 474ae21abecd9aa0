using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Planners.Sentences;
using RobotWorker.Planners.Symbolic;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Planners;

/// <summary>A kitchen in words: a table, a shelf, a bin, a place before each, and eight objects.</summary>
internal static class Kitchen
{
    public static readonly SkillCatalogue Catalogue = SkillCatalogueReader.BuiltIn;

    public static readonly ImmutableArray<PlanObject> Objects =
    [
        new("cup_red", "cup"), new("cup_blue", "cup"), new("can_green", "can"), new("box_yellow", "box"),
        new("bottle_1", "bottle"), new("bottle_2", "bottle"), new("cup_white", "cup"), new("can_red", "can"),
        new("table", "surface"), new("shelf", "surface"), new("bin", "container"),
        new("table_side", "place"), new("shelf_side", "place"), new("bin_side", "place"),
    ];

    /// <summary>The vocabulary of the real kitchen scene: four objects on the table, and a can in the bin.</summary>
    public static readonly Vocabulary Vocabulary = new(Catalogue,
    [
        new("cup_red", "cup", "cup/red", "table"), new("cup_blue", "cup", "cup/blue", "table"), new("can_green", "can", "can/green", "table"),
        new("box_yellow", "box", "box/yellow", "shelf"), new("can_red", "can", "can/red", "bin"),
        new("table", "surface"), new("shelf", "surface"), new("bin", "container"),
        new("table_side", "place") { Serves = ["table"] }, new("shelf_side", "place") { Serves = ["shelf"] }, new("bin_side", "place") { Serves = ["bin"] },
    ]);

    /// <summary>What stands where at the start; the robot stands nowhere in particular with an empty hand.</summary>
    public static readonly ImmutableArray<Atom> AllOnTheTable =
    [
        .. Objects.Where(o => Catalogue.IsA(o.Type, "object")).SelectMany(o => new[] { Atom.Of("on", o.Name, "table"), Atom.Of("located", o.Name) }),
        Atom.Of("empty", "gripper"), Atom.Of("localized", "robot"),
        Atom.Of("serves", "table_side", "table"), Atom.Of("serves", "shelf_side", "shelf"), Atom.Of("serves", "bin_side", "bin"),
    ];

    public static WorldModel World(IEnumerable<Atom> atoms) => atoms.Aggregate(WorldModel.Empty(Catalogue.Predicates),
        (world, atom) => world.With(new(atom, Truth.True, default, Catalogue.Predicates.ByName[atom.Predicate].Sources[0])));

    public static PlanningResult Plan(IEnumerable<Atom> atoms, Condition goal) =>
        new SymbolicPlanner(Catalogue).Plan(World(atoms), goal, new("test", Objects, PlanLimits.Default));

    public static Condition Holds(string predicate, params string[] names) => new Condition.Holds(Atom.Of(predicate, names));

    public static Condition All(params Condition[] parts) => new Condition.All([.. parts]);

    public static IEnumerable<SkillNode> Steps(Plan plan) => ((SequenceNode)plan.Root).Children.Cast<SkillNode>();

    public static string[] Ids(Plan plan) => [.. Steps(plan).Select(s => s.Id)];

    /// <summary>
    /// An executor of its own, apart from the planner's code: runs the plan on a set of atoms, by the words of the catalogue alone.
    /// Throws where a step may not start.
    /// </summary>
    public static IReadOnlySet<Atom> Simulate(IEnumerable<Atom> start, Plan plan)
    {
        var state = new HashSet<Atom>(start);
        foreach (var step in Steps(plan))
        {
            var bound = BoundSkill.Of(Catalogue, Catalogue.Skills[step.Skill], step.Arguments, name => Objects.FirstOrDefault(o => o.Name == name)?.Type);
            Assert.That(IsTrue(bound.Pre.And(bound.Hold), state), Is.True, $"{step.Id} cannot start: {bound.Pre} in {string.Join(" ", state)}");
            var adds = bound.Post.Demanded().ToList();
            foreach (var effect in bound.Effects)
            {
                var free = effect.When.Append(effect.Adds).SelectMany(a => a.Arguments).Where(a => a.StartsWith('$')).Distinct().ToList();
                IEnumerable<ImmutableSortedDictionary<string, string>> bindings = [ImmutableSortedDictionary<string, string>.Empty];
                foreach (var variable in free) bindings = [.. bindings.SelectMany(b => Objects.Select(o => b.SetItem(variable[1..], o.Name)))];
                adds.AddRange(bindings.Where(b => effect.When.All(w => state.Contains(w.Substitute(b)))).Select(b => effect.Adds.Substitute(b)));
            }
            state.RemoveWhere(atom => bound.Deletes.Any(atom.Matches));
            state.UnionWith(adds);
        }
        return state;
    }

    public static bool IsTrue(Condition condition, IReadOnlySet<Atom> state) => condition switch
    {
        Condition.Holds(var atom) => state.Contains(atom),
        Condition.Not(var inner) => !IsTrue(inner, state),
        Condition.All(var items) => items.All(i => IsTrue(i, state)),
        Condition.Any(var items) => items.Any(i => IsTrue(i, state)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The plan is what it promises: it simulates to its goal, and the checker has no error.</summary>
    public static void AssertSound(IEnumerable<Atom> start, Plan plan)
    {
        Assert.That(IsTrue(plan.Goal!, Simulate(start, plan)), Is.True, $"{string.Join(", ", Ids(plan))} does not reach {plan.Goal}");
        var bag = new DiagnosticBag();
        PlanChecker.Check(plan, Catalogue, Objects, bag);
        Assert.That(bag.HasErrors, Is.False, string.Join("\n", bag.All));
    }
}
