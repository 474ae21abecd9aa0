using System.Collections.Immutable;
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
    /// <summary>The plan of a policy: one step that lets it move the robot, done when the goal is seen to hold.</summary>
    public Plan PlanOf(string policy) => Job.Plan with
    {
        Plans = ImmutableSortedDictionary<string, SubPlan>.Empty,
        Root = new SkillNode(
            "policy", IPolicySource.Skill, ImmutableSortedDictionary<string, string>.Empty.Add("policy", policy), Condition.Always, Condition.Always, Job.Plan.Goal!,
            Deadline, null, null, null, null, ImmutableSortedDictionary<string, string>.Empty, default),
    };
}
