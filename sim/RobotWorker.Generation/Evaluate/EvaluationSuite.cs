using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Skills.Policies;
using RobotWorker.World;

namespace RobotWorker.Generation.Evaluate;

/// <summary>What policies are evaluated on: tasks, each in as many variations of its scene as there are seeds. Read by <see cref="EvaluationSuiteReader"/>.</summary>
/// <param name="Sum">SHA-256 of everything that it was read from: outcomes of another suite are not these.</param>
/// <param name="Seed">The first; of each task's runs each takes the next one.</param>
public sealed record EvaluationSuite(string Name, string Sum, ulong Seed, int Episodes, ImmutableArray<EvaluationTask> Tasks);

/// <param name="Job">The plan as the expert does it, which has a goal, without faults.</param>
/// <param name="Deadline">How long a policy has.</param>
public sealed record EvaluationTask(string Name, Job Job, TimeSpan Deadline)
{
    // For the robot to be heard before it, and to come to rest after it.
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(10);

    // To drive to wherever the goal can be seen.
    private static readonly TimeSpan ForLooking = TimeSpan.FromMinutes(2);

    /// <summary>The plan of a policy: one step that lets it move the robot. It has no post, since the goal is looked at from wherever it can be seen, as at the end of every plan.</summary>
    public Plan PlanOf(string policy) => Job.Plan with
    {
        Plans = ImmutableSortedDictionary<string, SubPlan>.Empty,
        Limits = Job.Plan.Limits with { Deadline = Deadline + Around + ForLooking },
        Root = new SkillNode(
            "policy", IPolicySource.Skill,
            ImmutableSortedDictionary<string, string>.Empty.Add("policy", policy).Add("most", Deadline.TotalSeconds.ToString(CultureInfo.InvariantCulture)), Condition.Always, Condition.Always,
            Condition.Always, Deadline + Around, null, null, null, null, ImmutableSortedDictionary<string, string>.Empty, default),
    };
}
