using System.Collections.Immutable;
using RobotWorker.Dependability;
using RobotWorker.Generation.Policies;

namespace RobotWorker.Generation.Evaluate;

/// <summary>What an evaluation's outcomes say.</summary>
/// <param name="Comparison">Of the first policy with the second, run by run with the same seed; null where there are not two.</param>
/// <param name="Failed">The runs that did not succeed.</param>
/// <param name="LeftOut">Runs that were wanted and not made: a policy had nothing for the seed, or it was stopped.</param>
public sealed record EvaluationScore(
    EvaluationSuite Suite, ImmutableArray<PolicyScore> Policies, PairedComparison? Comparison, ImmutableArray<EvaluationOutcome> Failed, int LeftOut)
{
    /// <summary>Of all intervals.</summary>
    public const double Confidence = 0.95;

    public static EvaluationScore Of(EvaluationSuite suite, ImmutableArray<NamedPolicy> policies, IReadOnlyCollection<EvaluationOutcome> outcomes)
    {
        ImmutableArray<PolicyScore> scores = [.. policies.Select(p => PolicyScore.Of(p.Text, suite, [.. outcomes.Where(o => o.Run.Policy == p.Text)]))];
        return new(suite, scores, policies.Length == 2 ? Compare(policies, outcomes) : null, [.. outcomes.Where(o => !o.Succeeded)], (suite.Episodes * suite.Tasks.Length * policies.Length) - outcomes.Count);
    }

    private static PairedComparison Compare(ImmutableArray<NamedPolicy> policies, IReadOnlyCollection<EvaluationOutcome> outcomes) => PairedComparison.Of(
        from first in outcomes
        where first.Run.Policy == policies[0].Text
        join second in outcomes.Where(o => o.Run.Policy == policies[1].Text) on (first.Run.Task, first.Run.Seed) equals (second.Run.Task, second.Run.Seed)
        select (first.Succeeded, second.Succeeded));
}

/// <summary>Of one policy.</summary>
/// <param name="Tasks">In the suite's order.</param>
/// <param name="All">Over all tasks.</param>
public sealed record PolicyScore(string Policy, ImmutableArray<TaskScore> Tasks, TaskScore All)
{
    /// <summary>What stands in a table: all tasks, and where there are several, all of them together.</summary>
    public IEnumerable<TaskScore> Rows => Tasks.Length == 1 ? Tasks : Tasks.Append(All);

    internal static PolicyScore Of(string policy, EvaluationSuite suite, IReadOnlyList<EvaluationOutcome> outcomes) => new(
        policy, [.. suite.Tasks.Select(t => TaskScore.Of(t.Name, [.. outcomes.Where(o => o.Run.Task == t.Name)])).Where(t => t.Success.All > 0)], TaskScore.Of("all", outcomes));
}

/// <summary>Of one policy in one task.</summary>
/// <param name="Success">The goal met, and known by the worker to be.</param>
/// <param name="Verdicts">What the worker says against the truth.</param>
/// <param name="MedianSeconds">Simulated, of the runs that succeeded; null: none did.</param>
/// <param name="Broken">Runs that ended by an error of ours.</param>
public sealed record TaskScore(string Task, Proportion Success, VerdictMatrix Verdicts, double? MedianSeconds, int Broken)
{
    /// <summary>So many runs in a row.</summary>
    public static readonly ImmutableArray<int> InARow = [1, 2, 4, 8];

    internal static TaskScore Of(string task, IReadOnlyList<EvaluationOutcome> outcomes) => new(
        task, new(outcomes.Count(o => o.Succeeded), outcomes.Count), VerdictMatrix.Of(outcomes), Median([.. outcomes.Where(o => o.Succeeded).Select(o => o.Seconds).Order()]),
        outcomes.Count(o => o.Error is not null));

    private static double? Median(double[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>How often the worker said what, where the simulator's truth was what.</summary>
/// <param name="Counts">By verdict and whether the goal was met.</param>
public sealed record VerdictMatrix(ImmutableDictionary<(Verdict Verdict, bool GoalMet), int> Counts)
{
    public int this[Verdict verdict, bool goalMet] => Counts.GetValueOrDefault((verdict, goalMet));

    internal static VerdictMatrix Of(IEnumerable<EvaluationOutcome> outcomes) => new(outcomes.CountBy(o => (o.Verdict, o.GoalMet)).ToImmutableDictionary());
}
