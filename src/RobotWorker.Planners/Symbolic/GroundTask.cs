using System.Collections.Immutable;

namespace RobotWorker.Planners.Symbolic;

/// <summary>A planning task without variables.</summary>
/// <param name="Skills">In the order in which search tries them.</param>
/// <param name="Goal">The parts that must all hold, in the goal's order.</param>
internal sealed record GroundTask(AtomTable Atoms, ImmutableArray<GroundSkill> Skills, State Start, ImmutableArray<GroundCondition> Goal)
{
    public GroundCondition WholeGoal => Goal.Length == 1 ? Goal[0] : new GroundCondition.All(Goal);

    /// <summary>The states along a sequence, the start first; null where a step cannot start.</summary>
    public IReadOnlyList<State>? Run(IEnumerable<GroundSkill> steps)
    {
        var states = new List<State> { Start };
        foreach (var step in steps)
        {
            if (!step.CanStart(states[^1])) return null;
            states.Add(step.After(states[^1]));
        }
        return states;
    }

    public bool Reaches(IEnumerable<GroundSkill> steps) => Run(steps) is { } states && WholeGoal.IsTrueIn(states[^1]);
}
