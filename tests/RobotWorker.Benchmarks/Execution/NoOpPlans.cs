using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>Plans of steps that do nothing.</summary>
internal static class NoOpPlans
{
    public static readonly SkillCatalogue Catalogue = Read("""
        skills: robotworker/v1
        types: {part: ~}
        predicates:
          well: {arguments: [part], sources: [sense], max_age: 10s}
        catalogue:
          rest:
            summary: Does nothing
            effect: idempotent
            resources: [arm]
            timeouts: {accept: 1s, progress: 3s, cancel: 2s}
            deadline: 20s
        """);

    private static readonly Condition Well = new Condition.All([.. NoOpRobot.Atoms.Select(a => (Condition)new Condition.Holds(a))]);

    /// <summary>One sequence of all steps.</summary>
    public static Plan Flat(int steps) => Of(new SequenceNode("root", [.. Enumerable.Range(0, steps).Select(i => Step(i, Condition.Always))], default));

    /// <summary>Every step holds ten conditions; above the steps (by tens) stand eighteen levels of sequences, fallbacks, parallels and loops.</summary>
    public static Plan Deep(int steps)
    {
        ImmutableArray<PlanNode> tens =
        [
            .. Enumerable.Range(0, steps / 10).Select(ten => new SequenceNode(
                $"ten{ten}", [.. Enumerable.Range(ten * 10, 10).Select(i => Step(i, Well))], default)),
        ];
        PlanNode tree = new SequenceNode("tens", tens, default);
        for (var level = 17; level > 0; level--)
        {
            tree = (level % 4) switch
            {
                0 => new SequenceNode($"level{level}", [tree], default),
                1 => new FallbackNode($"level{level}", [tree], default),
                2 => new ParallelNode($"level{level}", 1, [tree], default),
                _ => new RepeatNode($"level{level}", 1, tree, default),
            };
        }
        return Of(tree);
    }

    private static SkillNode Step(int number, Condition hold) => new(
        $"step{number}", "rest", ImmutableSortedDictionary<string, string>.Empty, Condition.Always, hold, Condition.Always, null, null, null, null, null,
        ImmutableSortedDictionary<string, string>.Empty, default);

    private static Plan Of(PlanNode root) =>
        new("benchmark", 0, null, [], new(TimeSpan.FromHours(10), null, []), root, ImmutableSortedDictionary<string, SubPlan>.Empty, default);

    private static SkillCatalogue Read(string text)
    {
        var bag = new DiagnosticBag();
        return SkillCatalogueReader.Read(text, "benchmark.yaml", bag) ?? throw new BenchmarkException(string.Join('\n', bag.All));
    }
}
