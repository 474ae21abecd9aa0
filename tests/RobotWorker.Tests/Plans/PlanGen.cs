using System.Collections.Immutable;
using CsCheck;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Tests.Plans;

/// <summary>Random plans of every kind of step: right in form, without any meaning.</summary>
internal static class PlanGen
{
    private static readonly Gen<string> Names = Gen.OneOf("cup1", "shelf", "robot", "_x", "a-b", "Table_2", "null", "true", "yes", "n");
    private static readonly Gen<string> Terms = Gen.Frequency((3, Names), (1, Gen.OneOf("$cup", "$item")));
    private static readonly Gen<string> Texts = Gen.Frequency((2, Terms), (1, Gen.String), (2, Gen.OneOf("", " ", "0.040", "-1e3", "1e999", "007", "a: b", "- x", "#", "\"\\\n\t", "true", "☕ 漢字 😀", "../x y.yaml", "{", "'")));
    private static readonly Gen<TimeSpan> Times = Gen.Frequency((2, Gen.Int[1, 600].Select(s => TimeSpan.FromSeconds(s))), (1, Gen.Long[10_000, 36_000_000_000].Select(t => TimeSpan.FromTicks(t))));

    private static readonly Gen<Condition> Atoms =
        Gen.Select(Gen.OneOf("on", "in", "empty"), Terms.Array[0, 3], (p, a) => (Condition)new Condition.Holds(Atom.Of(p, a)));

    private static readonly Gen<Condition> Conditions = Gen.Recursive<Condition>((depth, inner) => depth > 2 ? Atoms : Gen.Frequency(
        (3, Atoms), (1, inner.Select(c => (Condition)new Condition.Not(c))),
        (1, inner.Array[0, 3].Select(c => (Condition)new Condition.All([.. c]))), (1, inner.Array[0, 3].Select(c => (Condition)new Condition.Any([.. c])))));

    private static readonly Gen<ImmutableSortedDictionary<string, string>> Arguments = Map(Texts);

    private static readonly Gen<PlanNode> Skills = Gen.Select(
        Gen.Select(Names, Arguments, Conditions, Conditions, Conditions),
        Gen.Select(Maybe(Times), Maybe(Timeouts()), Maybe(Retries()), Maybe(Failures()), Maybe(Undos())),
        Map(Names),
        (a, b, o) => (PlanNode)new SkillNode(
            "", a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, b.Item1 is [var d] ? d : null, One(b.Item2), One(b.Item3), One(b.Item4), One(b.Item5), o, default));

    public static readonly Gen<PlanNode> Steps = Gen.Recursive<PlanNode>((depth, inner) => depth > 3 ? Skills : Gen.OneOf<PlanNode>(
        Skills,
        inner.Array[1, 3].Select(c => (PlanNode)new SequenceNode("", Distinct(c), default)),
        inner.Array[1, 3].Select(c => (PlanNode)new FallbackNode("", Distinct(c), default)),
        Gen.Select(inner.Array[1, 3], Gen.Int[1, 3], (c, n) => (PlanNode)new ParallelNode("", Math.Min(n, c.Length), Distinct(c), default)),
        Gen.Select(Conditions, inner, Maybe(inner), (c, t, e) => (PlanNode)new IfNode("", c, t with { Id = "then" }, One(e) is { } other ? other with { Id = "otherwise" } : null, default)),
        Gen.Select(Conditions, inner, Gen.OneOf(1, PlanDefaults.MostTurns), (c, d, n) => (PlanNode)new WhileNode("", c, d with { Id = "body" }, n, default)),
        Gen.Select(inner, Gen.Int[1, 9], (d, n) => (PlanNode)new RepeatNode("", n, d with { Id = "body" }, default)),
        Gen.Select(Conditions, Times, (c, t) => (PlanNode)new WaitNode("", c, t, default)),
        Gen.Select(Gen.OneOf("cup", "item"), Gen.OneOf("cup", "object"), Conditions, inner, (v, t, c, d) => (PlanNode)new ForeachNode("", v, t, c, d with { Id = "body" }, default)),
        Gen.Select(Names, Arguments, (p, a) => (PlanNode)new CallNode("", p, a, default))));

    public static readonly Gen<Plan> Plans = Gen.Select(
        Gen.Select(Names, Gen.Int[0, 9], Maybe(Conditions), Things(), Limits()),
        Gen.Select(Steps, Names.Array[0, 2], Steps, Things(), Maybe(Simulations())),
        (a, b) => new Plan(
            a.Item1, a.Item2, One(a.Item3), a.Item4, a.Item5, b.Item1 with { Id = "root" },
            b.Item2.Distinct().ToImmutableSortedDictionary(n => n, n => new SubPlan(n, b.Item4, b.Item3 with { Id = "start" }, default), StringComparer.Ordinal), default)
        {
            Simulation = One(b.Item5),
        });

    private static ImmutableArray<PlanNode> Distinct(PlanNode[] children) => [.. children.Select((c, i) => c with { Id = $"step-{i}" })];

    private static Gen<StepTimeouts> Timeouts() => Gen.Select(Times, Times, Times, (a, p, c) => new StepTimeouts(a, p, c));

    private static Gen<RetryPolicy> Retries() => Gen.Select(Gen.Int[1, 100], Times, Names.Array[0, 2], (n, t, never) => new RetryPolicy(n, n % 2 == 0 ? t : TimeSpan.Zero, [.. never]));

    private static Gen<OnFailure> Failures() => Gen.Select(Texts, Gen.OneOf("retry", "skip", "abort").Array[1, 2], (q, o) => new OnFailure(q, [.. o]));

    private static Gen<UndoSkill> Undos() => Gen.Select(Names, Arguments, (s, a) => new UndoSkill(s, a));

    private static Gen<PlanSimulation> Simulations() => Gen.Select(Texts, Texts.Array[0, 2], (s, f) => new PlanSimulation(s, [.. f], default));

    private static Gen<PlanLimits> Limits() => Gen.Select(Times, Maybe(Gen.Double[0.01, 10]), Names.Array[0, 2], (t, s, z) => new PlanLimits(t, s is [var speed] ? speed : null, [.. z]));

    private static Gen<ImmutableArray<PlanObject>> Things() =>
        Map(Names).Select(m => m.Select(e => new PlanObject(e.Key, e.Value)).ToImmutableArray());

    private static Gen<ImmutableSortedDictionary<string, string>> Map(Gen<string> values) =>
        Gen.Select(Names, values).Array[0, 3].Select(a => a.DistinctBy(e => e.Item1).ToImmutableSortedDictionary(e => e.Item1, e => e.Item2, StringComparer.Ordinal));

    private static Gen<T[]> Maybe<T>(Gen<T> gen) => gen.Array[0, 1];

    private static T? One<T>(T[] maybe) where T : class => maybe is [var one] ? one : null;
}
