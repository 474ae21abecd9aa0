using System.Collections.Immutable;

namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// Weighted A* over states (Pohl 1970, Heuristic Search Viewed as Path Finding in a Graph). Ties go to the state nearer to the goal, then to the
/// one found first, so the same task always gives the same plan. It counts states, never time.
/// </summary>
internal sealed class ForwardSearch(GroundTask task, int mostStates)
{
    private readonly RelaxedPlan relaxed = new(task);

    // First short plans, then any plan.
    private static readonly ImmutableArray<(int Weight, int Share)> Ladder = [(1, 8), (4, 4), (50, 1)];

    public int StatesSeen { get; private set; }

    /// <returns>The steps, or null; <paramref name="proven"/> tells whether there is none or the limit was met.</returns>
    public ImmutableArray<GroundSkill>? Find(State start, GroundCondition goal, out bool proven)
    {
        proven = false;
        foreach (var (weight, share) in Ladder)
            if (Search(start, goal, weight, mostStates / share, out proven) is { } steps) return steps;
            else if (proven) return null;
        return null;
    }

    private ImmutableArray<GroundSkill>? Search(State start, GroundCondition goal, int weight, int most, out bool proven)
    {
        var open = new PriorityQueue<Node, (long F, int H, long Sequence)>();
        var cheapest = new Dictionary<State, int> { [start] = 0 };
        var sequence = 0L;
        var first = relaxed.Estimate(start, goal);
        proven = first == RelaxedPlan.Unreachable;
        if (proven) return null;
        open.Enqueue(new(start, null, null, 0), (0, first, sequence));
        for (var seen = 0; open.TryDequeue(out var node, out _); seen++)
        {
            if (node.Steps > cheapest[node.State]) continue;
            if (goal.IsTrueIn(node.State)) return node.Path();
            if (seen >= most) return null;
            StatesSeen++;
            foreach (var skill in task.Skills)
            {
                if (!skill.CanStart(node.State)) continue;
                var next = skill.After(node.State);
                if (cheapest.TryGetValue(next, out var known) && known <= node.Steps + 1) continue;
                var h = relaxed.Estimate(next, goal);
                if (h == RelaxedPlan.Unreachable) continue;
                cheapest[next] = node.Steps + 1;
                open.Enqueue(new(next, node, skill, node.Steps + 1), (node.Steps + 1 + ((long)weight * h), h, ++sequence));
            }
        }
        proven = true;
        return null;
    }

    private sealed record Node(State State, Node? Before, GroundSkill? Step, int Steps)
    {
        public ImmutableArray<GroundSkill> Path()
        {
            var path = new List<GroundSkill>();
            for (var node = this; node.Step is not null; node = node.Before!) path.Add(node.Step);
            path.Reverse();
            return [.. path];
        }
    }
}
