using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// Puts every fitting name into every skill. Skills whose arguments cannot be enumerated (a number without a default) are left out.
/// Atoms that no skill can bring about and that nobody has spoken of are taken to hold: the executor looks before each step anyway.
/// </summary>
internal sealed class Grounding
{
    private readonly SkillCatalogue catalogue;
    private readonly ImmutableArray<PlanObject> names;
    private readonly WorldModel world;
    private readonly AtomTable atoms = new();
    private readonly SortedSet<string> changeable;

    private Grounding(SkillCatalogue catalogue, ImmutableArray<PlanObject> names, WorldModel world)
    {
        (this.catalogue, this.names, this.world) = (catalogue, names, world);
        changeable = new(StringComparer.Ordinal);
        foreach (var skill in catalogue.Skills.Values)
        {
            var post = skill.Cases.Aggregate(skill.Post, (all, c) => all.And(c.Post));
            changeable.UnionWith(post.Walk().Concat(skill.Deletes).Concat(skill.Effects.Select(e => e.Adds)).Select(a => a.Predicate));
        }
    }

    /// <param name="names">The objects of the request and the constants, with their types.</param>
    public static GroundTask Of(SkillCatalogue catalogue, ImmutableArray<PlanObject> names, WorldModel world, Condition goal) =>
        new Grounding(catalogue, names, world).Build(goal);

    private GroundTask Build(Condition goal)
    {
        var parts = goal is Condition.All(var items) ? items : [goal];
        ImmutableArray<GroundCondition> goals = [.. parts.Select(p => GroundCondition.Of(p, atoms))];
        var bound = catalogue.Skills.Values.SelectMany(s => Bindings(s).Select(b => BoundSkill.Of(catalogue, s, b, TypeOf))).ToList();
        var half = bound.Select(b => (Bound: b, Pre: Pre(b), Adds: Adds(b), Extras: b.Effects.SelectMany(Extras).ToImmutableArray())).ToList();
        foreach (var fact in world.Facts.Values.OrderBy(f => f.Atom.ToString(), StringComparer.Ordinal)) atoms.Number(fact.Atom);

        // Only now is every atom numbered that a deletion with a wildcard can mean.
        var skills = half.Select(h => new GroundSkill(h.Bound.Definition, h.Bound.Arguments, h.Pre, h.Adds, Deletes(h.Bound), h.Extras));
        var holding = Enumerable.Range(0, atoms.Count).Where(i => Holds(atoms[i])).ToList();
        return new(atoms, Relevance.Keep([.. skills.OrderBy(CaseOrder)], goals), State.Empty(atoms.Count).With([], holding), goals);
    }

    private string? TypeOf(string name) => names.FirstOrDefault(n => n.Name == name)?.Type;

    private bool Holds(Atom atom) =>
        world.Facts.TryGetValue(atom, out var fact) ? fact.Value == Truth.True
        : !changeable.Contains(atom.Predicate) && world.Predicates.ByName.GetValueOrDefault(atom.Predicate) is { } p && p.Arguments.All(IsConstantType);

    // Of the robot itself (localized): not of the world (which place serves which surface), where silence means no.
    private static bool IsConstantType(string type) => type is "robot" or "gripper";

    private IEnumerable<ImmutableSortedDictionary<string, string>> Bindings(SkillDefinition skill)
    {
        IEnumerable<ImmutableSortedDictionary<string, string>> all = [ImmutableSortedDictionary<string, string>.Empty];
        foreach (var argument in skill.Arguments)
        {
            var values = Values(argument);
            all = all.SelectMany(b => values.Select(v => b.SetItem(argument.Name, v))).ToList();
        }
        return all;
    }

    private List<string> Values(SkillArgument argument) =>
        catalogue.Types.ContainsKey(argument.Type) ? [.. names.Where(n => catalogue.IsA(n.Type, argument.Type)).Select(n => n.Name)]
        : argument.Default is { } value ? [value]
        : [.. argument.Choices];

    private GroundCondition Pre(BoundSkill bound) => GroundCondition.Of(bound.Pre.And(bound.Hold), atoms);

    private ImmutableArray<int> Adds(BoundSkill bound) => [.. bound.Post.Demanded().Select(atoms.Number).Distinct()];

    private ImmutableArray<int> Deletes(BoundSkill bound)
    {
        var negated = bound.Post is Condition.All(var items) ? items : [bound.Post];
        var not = negated.OfType<Condition.Not>().Select(n => n.Inner).OfType<Condition.Holds>().Select(h => h.Atom);
        return [.. bound.Deletes.Concat(not).SelectMany(atoms.Matching).Distinct()];
    }

    /// <summary>One effect for every binding of its free variables that the unchangeable part of the world allows.</summary>
    private IEnumerable<GroundEffect> Extras(PlannerEffect effect)
    {
        var open = effect.When.OrderBy(w => changeable.Contains(w.Predicate)).ToList();   // the unchangeable ones prune first
        return Bind(open, 0, ImmutableSortedDictionary<string, string>.Empty)
            .Select(b => (Adds: effect.Adds.Substitute(b), Binding: b)).Where(e => IsTyped(e.Adds))
            .Select(e => new GroundEffect(atoms.Number(e.Adds), [.. open.Where(w => changeable.Contains(w.Predicate)).Select(w => atoms.Number(w.Substitute(e.Binding)))]));
    }

    private IEnumerable<ImmutableSortedDictionary<string, string>> Bind(List<Atom> open, int index, ImmutableSortedDictionary<string, string> bound)
    {
        if (index == open.Count) return [bound];
        var pattern = open[index].Substitute(bound);
        var free = pattern.Arguments.Where(a => a.StartsWith('$')).Distinct().Select(a => a[1..]).ToList();
        IEnumerable<ImmutableSortedDictionary<string, string>> all = [bound];
        foreach (var variable in free) all = all.SelectMany(b => names.Select(n => b.SetItem(variable, n.Name)));
        return all.Where(b => open[index].Substitute(b) is var atom && IsTyped(atom) && (changeable.Contains(atom.Predicate) || Holds(atom)))
            .SelectMany(b => Bind(open, index + 1, b));
    }

    private bool IsTyped(Atom atom) =>
        world.Predicates.ByName.GetValueOrDefault(atom.Predicate) is { } p && p.Arguments.Length == atom.Arguments.Length
        && atom.Arguments.Zip(p.Arguments).All(pair => TypeOf(pair.First) is { } type && catalogue.IsA(type, pair.Second));

    // A skill's cases stand in the order of preference: something that is merely in the way goes onto a surface rather than into the bin.
    private int CaseOrder(GroundSkill skill)
    {
        var cases = skill.Definition.Cases;
        for (var i = 0; i < cases.Length; i++)
            if (skill.Arguments.TryGetValue(cases[i].Argument, out var name) && TypeOf(name) is { } type && catalogue.IsA(type, cases[i].Type)) return i;
        return 0;
    }
}
