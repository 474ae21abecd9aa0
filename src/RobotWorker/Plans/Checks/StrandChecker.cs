using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>
/// Refuses a plan in which others take over from a step that was broken off or given up half done, and nothing that follows surely puts right what it
/// left behind. Who drops whom is what the executor does: a <c>while</c> and a <c>parallel</c> drop what still runs when they end, without its
/// <c>undo</c>; a fallback goes on from wherever the child before it has failed.
/// </summary>
internal sealed class StrandChecker
{
    // Beyond any job; deeper calls are taken to leave nothing.
    private const int DeepestCalls = 64;

    private readonly CheckContext context;
    private readonly List<Remnant> lost = [];
    private int calls;

    private StrandChecker(CheckContext context) => this.context = context;

    /// <param name="Done">What may be left where it has succeeded; null: it cannot.</param>
    /// <param name="Failed">What may be left where it has failed and others go on; null: it cannot, since a failed step that nobody takes over from asks a person.</param>
    /// <param name="Broken">What may be left wherever it is broken off.</param>
    private readonly record struct Flow(Remnants? Done, Remnants? Failed, Remnants Broken);

    public static void Check(CheckContext context)
    {
        var checker = new StrandChecker(context);
        var done = checker.Follow(context.Plan.Root, Remnants.None, ImmutableSortedDictionary<string, string>.Empty, covered: false).Done;
        // The goal is observed at the end, and repaired: what contradicts it is not left, and what it asks for is meant.
        if (context.Plan.Goal is { } goal) done = done?.After(goal, true).Without(left => goal.Demanded().Any(left.Shows.Contains));
        var stranded = checker.lost.Concat(done?.Stranded ?? []);
        foreach (var left in stranded.OrderBy(r => (r.Step.Place.File, r.Step.Place.Line, r.Step.Place.Column)).DistinctBy(r => r.Key)) Refuse(left, context.Bag);
    }

    /// <param name="at">What is left when it begins.</param>
    /// <param name="values">What the parameters of the plan that it stands in are.</param>
    /// <param name="covered">Whether somebody above takes over when it fails.</param>
    private Flow Follow(PlanNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered) => node switch
    {
        SkillNode n => FollowSkill(n, at, values, covered),
        SequenceNode n => FollowSequence(n, at, values, covered),
        FallbackNode n => FollowFallback(n, at, values, covered),
        ParallelNode n => FollowParallel(n, at, values, covered),
        IfNode n => FollowIf(n, at, values, covered),
        WhileNode n => FollowWhile(n, at, values, covered),
        RepeatNode n => FollowRounds(n.Do, at, values, covered),
        ForeachNode n => FollowRounds(n.Do, at, values, covered) is var rounds ? rounds with { Done = Either(at, rounds.Done) } : default,
        WaitNode n => new(at.After(n.For.Substitute(values), true), at, at),
        CallNode n => FollowCall(n, at, values, covered),
        _ => throw new InvalidOperationException($"no such step: {node.GetType().Name}"),
    };

    private Flow FollowSkill(SkillNode step, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        if (context.Bind(step with { Arguments = Resolved(step.Arguments, values) }) is not { } bound) return new(at, covered ? at : null, at);
        var busy = Remnant.PutRightBy(step, bound, context.Catalogue).ToList();
        var done = busy.Count == 0 ? at : at.Without(left => busy.Exists(r => r.Key == left.Key));
        var failed = busy.Aggregate(at, (all, r) => all.With(r));
        var broken = failed;
        if (bound.Definition.EffectClass == EffectClass.Irreversible)
        {
            broken = broken.With(Remnant.Irreversible(step));
            // With a post-condition it is seen what became of it.
            if (bound.Post.And(step.Post) == Condition.Always) failed = broken;
        }
        if (Remnant.Of(step, bound, context.Catalogue) is { } own)
        {
            (done, broken) = (done.With(own), broken.With(own));
            // Given up half done it is undone; broken off it is not.
            if (!Undoes(step.Undo, own.Restore!, values)) failed = failed.With(own);
        }
        return new(done, covered ? failed : null, broken);
    }

    private static bool Undoes(UndoSkill? undo, UndoSkill restore, ImmutableSortedDictionary<string, string> values) =>
        undo?.Skill == restore.Skill && restore.Arguments.All(a => undo.Arguments.TryGetValue(a.Key, out var written) && ConditionAtoms.Value(written, values) == a.Value);

    private Flow FollowSequence(SequenceNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var all = new Flow(at, null, at);
        foreach (var child in node.Children)
        {
            if (all.Done is not { } now) break;
            var flow = Follow(child, now, values, covered);
            all = new(flow.Done, Either(all.Failed, flow.Failed), all.Broken.Or(flow.Broken));
        }
        return all;
    }

    private Flow FollowFallback(FallbackNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var all = new Flow(null, at, at);
        for (var i = 0; i < node.Children.Length && all.Failed is { } now; i++)
        {
            var flow = Follow(node.Children[i], now, values, covered || i < node.Children.Length - 1);
            var failed = i < node.Children.Length - 1 ? flow.Failed?.LeftSince(at, $"where '{node.Children[i].Id}' fails, '{node.Children[i + 1].Id}' takes over") : flow.Failed;
            all = new(Either(all.Done, flow.Done), failed, all.Broken.Or(flow.Broken));
        }
        return all;
    }

    private Flow FollowParallel(ParallelNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var canSpare = node.Success < node.Children.Length;
        var flows = node.Children.Select(c => Follow(c, at, values, covered || canSpare)).ToList();
        var all = flows.Aggregate(new Flow(null, null, at), (a, f) => new(Either(a.Done, f.Done), Either(a.Failed, f.Failed), a.Broken.Or(f.Broken)));
        // What one of them puts right is right when all of them have succeeded.
        if (!canSpare) all = all with { Done = all.Done?.Without(r => at.Has(r) && flows.Exists(f => f.Done is { } done && !done.Has(r))) };
        var fails = flows.FindIndex(f => f.Failed is not null);
        var failsToo = fails < 0 ? -1 : flows.FindIndex(fails + 1, f => f.Failed is not null);
        for (var i = 0; i < flows.Count; i++)
        {
            var spared = Either(flows[i].Broken, flows[i].Failed);
            if (canSpare) all = all with { Done = Either(all.Done, spared?.LeftSince(at, $"the parallel '{node.Id}' breaks off what still runs as soon as {node.Success} of its {flows.Count} steps have succeeded")) };
            if ((i == fails ? failsToo : fails) is not (>= 0 and var other)) continue;
            var broken = flows[i].Broken.LeftSince(at, $"where '{node.Children[other].Id}' beside it fails, the parallel '{node.Id}' breaks off what still runs");
            all = all with { Failed = Either(all.Failed, broken) };
            // The whole plan fails with it: there is nobody left who could put it right.
            if (!covered && !canSpare) lost.AddRange(broken.Stranded);
        }
        return all;
    }

    private Flow FollowIf(IfNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var condition = node.Condition.Substitute(values);
        var then = Follow(node.Then, at.After(condition, true), values, covered);
        var before = at.After(condition, false);
        var other = node.Else is null ? new(before, null, before) : Follow(node.Else, before, values, covered);
        // What nobody can see is a failure of its own, which asks nobody.
        return new(Either(then.Done, other.Done), Either(at, Either(then.Failed, other.Failed)), at.Or(then.Broken).Or(other.Broken));
    }

    private Flow FollowWhile(WhileNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var hold = node.Hold.Substitute(values);
        var round = FollowRounds(node.Do, at.After(hold, true), values, covered);
        var left = round.Broken.LeftSince(at, $"the loop '{node.Id}' breaks off its round the moment its condition is not seen to hold");
        return new(at.Or(left).After(hold, false), at.Or(left), at.Or(round.Broken));
    }

    private Flow FollowRounds(PlanNode body, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        var round = Follow(body, at, values, covered);
        // A later round may be broken off with what an earlier one has left.
        return round.Done is { } done ? round with { Broken = round.Broken.Or(done) } : round;
    }

    private Flow FollowCall(CallNode node, Remnants at, ImmutableSortedDictionary<string, string> values, bool covered)
    {
        if (calls >= DeepestCalls || !context.Plan.Plans.TryGetValue(node.Plan, out var called)) return new(at, covered ? at : null, at);
        calls++;
        var flow = Follow(called.Root, at, Resolved(node.Arguments, values), covered);
        calls--;
        return flow;
    }

    private static ImmutableSortedDictionary<string, string> Resolved(ImmutableSortedDictionary<string, string> arguments, ImmutableSortedDictionary<string, string> values) =>
        arguments.ToImmutableSortedDictionary(a => a.Key, a => ConditionAtoms.Value(a.Value, values), StringComparer.Ordinal);

    private static Remnants? Either(Remnants? one, Remnants? other) => one is null ? other : other is null ? one : one.Or(other);

    private static void Refuse(Remnant left, DiagnosticBag bag)
    {
        var what = left.Restore is null ? "cannot be undone and may be left half done" : $"may leave {string.Join(" and ", left.Shows)} behind";
        bag.Error(Codes.Stranded, left.Step.Place, $"'{left.Step.Skill}' {what}: {left.Why}", left.Restore is { } restore
            ? $"put that right afterwards: {{if: {{condition: {Written(left.Shows)}, then: {{skill: {restore.Skill}, ...}}}}}}; or let nothing break it off"
            : "no skill puts that right: let nothing break it off");
    }

    private static string Written(ImmutableArray<Atom> atoms) => string.Join(", ", atoms.Take(1).Select(a => $"{{{a.Predicate}: [{string.Join(", ", a.Arguments)}]}}"));
}
