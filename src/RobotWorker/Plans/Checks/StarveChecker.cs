using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>
/// Refuses conditions that nothing can turn while they are waited on, and holds that cannot last: who can turn a predicate, whether it takes a look to see
/// it and how long it counts stands in the catalogue.
/// </summary>
internal sealed class StarveChecker
{
    // Beyond any job; deeper calls are not looked into.
    private const int DeepestCalls = 64;

    private readonly CheckContext context;
    private readonly HashSet<(PlanNode Root, bool Looked, string Touched)> followed = [];
    private readonly HashSet<Place> said = [];
    private int calls;

    private StarveChecker(CheckContext context) => this.context = context;

    public static void Check(CheckContext context) => new StarveChecker(context).Follow(context.Plan.Root, new(false, []));

    /// <param name="Looked">The head may be turned to something, and stay so, since the robot has moved.</param>
    /// <param name="Touched">Predicates that steps running at the same time may turn.</param>
    private readonly record struct Around(bool Looked, ImmutableSortedSet<string> Touched);

    /// <returns>Whether the head may be turned to something afterwards.</returns>
    private bool Follow(PlanNode node, Around around)
    {
        switch (node)
        {
            case SkillNode step:
                CheckHold(step);
                return context.Catalogue.Skills.TryGetValue(step.Skill, out var skill) && Looks(skill) || around.Looked && !Effects(step).Contains("in_view");
            case SequenceNode or FallbackNode:
                return node.Inner.Aggregate(around.Looked, (looked, child) => Follow(child, around with { Looked = looked }));
            case ParallelNode parallel:
                return FollowParallel(parallel, around);
            case WaitNode wait:
                CheckWait(wait, around);
                return around.Looked;
            case WhileNode loop:
                CheckWhile(loop, around);
                return Follow(loop.Do, around with { Looked = around.Looked || Looks(loop.Do) }) || around.Looked;
            case RepeatNode or ForeachNode:
                return Follow(node.Inner[0], around with { Looked = around.Looked || Looks(node) }) || around.Looked;
            case IfNode choice:
                return choice.Inner.Select(branch => Follow(branch, around)).ToList().Exists(looked => looked) || around.Looked && choice.Else is null;
            case CallNode call when context.Plan.Plans.TryGetValue(call.Plan, out var called) && calls < DeepestCalls:
                if (!followed.Add((called.Root, around.Looked, string.Join(' ', around.Touched)))) return around.Looked || Looks(called.Root);
                calls++;
                var after = Follow(called.Root, around);
                calls--;
                return after;
            default:
                return around.Looked;
        }
    }

    /// <summary>What the others beside it do counts for each of its steps.</summary>
    private bool FollowParallel(ParallelNode parallel, Around around)
    {
        var looking = parallel.Children.Count(Looks);
        var effects = parallel.Children.Select(c => Effects(c).ToHashSet(StringComparer.Ordinal)).ToList();
        var touching = effects.SelectMany(e => e).CountBy(name => name).ToList();
        var after = around.Looked;
        foreach (var (child, own) in parallel.Children.Zip(effects))
        {
            var others = touching.Where(t => t.Value > (own.Contains(t.Key) ? 1 : 0)).Select(t => t.Key);
            after |= Follow(child, new(around.Looked || looking > (Looks(child) ? 1 : 0), around.Touched.Union(others)));
        }
        return after;
    }

    private void CheckWait(WaitNode wait, Around around)
    {
        if (Certain.Of(wait.For) == Truth.False) Refuse(wait.PlaceOf("wait.for"), "nothing can make this condition true: it asks for something and for its opposite", "wait for what can come true");
        else if (Certain.Of(wait.For) != Truth.True && Stuck(wait.For, around.Touched, around.Looked) is { } atom)
            Refuse(atom.Place, Definition(atom) is { NeedsLook: true }
                ? $"a wait turns no head, and nobody has looked since the robot moved: nothing new will be seen of {atom}"
                : $"nothing turns {atom} while this waits: it is true at once, or never",
                Definition(atom) is { NeedsLook: true } ? $"look first: {{skill: look, args: {{at: {atom.Arguments[^1]}}}}}" : "bring it about with a step, or choose with 'if'");
    }

    private void CheckWhile(WhileNode loop, Around around)
    {
        if (Certain.Of(loop.Hold) == Truth.True) Refuse(loop.PlaceOf("while.hold"), "this condition is always true: the loop can only end by failing", "use 'repeat' for so many rounds");
        else if (Certain.Of(loop.Hold) != Truth.False && Stuck(loop.Hold, around.Touched.Union(Effects(loop.Do)), looked: true) is { } atom)
            Refuse(atom.Place, $"nothing in the loop turns {atom}: it is false at once, or the loop only ends by failing after {loop.Most} rounds", "use 'repeat' for so many rounds, or hold what can turn");
    }

    private void CheckHold(SkillNode step)
    {
        if (context.Bind(step) is not { } bound) return;
        var post = bound.Post.And(step.Post);
        // Of a skill without a post-condition the catalogue says only what it may turn.
        var turns = bound.Post == Condition.Always ? [] : bound.Deletes;
        foreach (var atom in step.Hold.Demanded().Where(a => turns.Any(a.Matches) && !post.Demanded().Contains(a)))
            Refuse(atom.Place, $"'{step.Skill}' itself ends {atom}: it would break off at once", "hold what the step does not turn");
        foreach (var atom in step.Hold.Forbidden().Where(a => post.Demanded().Contains(a)))
            Refuse(atom.Place, $"'{step.Skill}' is to bring about {atom}, and would break off when it does", "hold what the step does not turn");
        var deadline = step.Deadline ?? bound.Definition.Deadline ?? TimeSpan.Zero;
        foreach (var atom in step.Hold.Atoms().Where(a => Definition(a) is { NeedsLook: true } p && p.MaxAge < deadline))
            Refuse(atom.Place, $"{atom} counts for {Duration.Write(Definition(atom)!.MaxAge)} after it was seen, and nobody looks during a step of up to {Duration.Write(deadline)}", "shorten the deadline, or hold what is seen all the time");
    }

    /// <summary>An atom for which a condition cannot turn; null where it can.</summary>
    private Atom? Stuck(Condition condition, ImmutableSortedSet<string> touched, bool looked) => condition switch
    {
        Condition.Holds(var atom) => CanTurn(atom, touched, looked) ? null : atom,
        Condition.Not(var inner) => Stuck(inner, touched, looked),
        // What nobody sees keeps all of it unknown.
        Condition.All(var items) => items.Select(i => Stuck(i, touched, looked)).FirstOrDefault(a => a is not null && Definition(a) is { NeedsLook: true }) ?? AllStuck(items, touched, looked),
        Condition.Any(var items) => AllStuck(items, touched, looked),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    private Atom? AllStuck(ImmutableArray<Condition> items, ImmutableSortedSet<string> touched, bool looked)
    {
        var stuck = items.Select(i => Stuck(i, touched, looked)).ToList();
        return stuck.Count > 0 && stuck.TrueForAll(a => a is not null) ? stuck[0] : null;
    }

    private bool CanTurn(Atom atom, ImmutableSortedSet<string> touched, bool looked) => Definition(atom) switch
    {
        null => true,    // reported where it is named
        { Sources.IsEmpty: true } or { ChangedBy: ChangedBy.Nobody } => false,
        { ChangedBy: ChangedBy.Robot } => touched.Contains(atom.Predicate),
        { NeedsLook: true } => looked,
        _ => true,
    };

    private PredicateDefinition? Definition(Atom atom) => context.Catalogue.Predicates.ByName.GetValueOrDefault(atom.Predicate);

    private bool Looks(PlanNode node) => CallGraph.Reach(node, context.Plan).OfType<SkillNode>().Any(s => context.Catalogue.Skills.TryGetValue(s.Skill, out var skill) && Looks(skill));

    private static bool Looks(SkillDefinition skill) => skill.EffectClass == EffectClass.Pure && skill.Resources.Contains("head");

    /// <summary>The predicates that a step, or any below it, may turn.</summary>
    private IEnumerable<string> Effects(PlanNode node) => CallGraph.Reach(node, context.Plan).OfType<SkillNode>().Select(context.Bind).OfType<BoundSkill>()
        .SelectMany(s => s.Deletes.Concat(s.Post.Walk()).Concat(s.Effects.Select(e => e.Adds))).Select(a => a.Predicate).Distinct();

    private void Refuse(Place place, string message, string help)
    {
        // A plan that is called from several steps is wrong once.
        if (said.Add(place)) context.Bag.Error(Codes.Starved, place, message, help);
    }
}
