namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// How far a state is from a goal: the steps of a plan for the task in which nothing that was once true stops to be (Hoffmann and Nebel 2001,
/// The FF Planning System), its supporters chosen by additive costs (Bonet and Geffner 2001, Planning as Heuristic Search). Where even that
/// task has no plan, the real one has none.
/// </summary>
internal sealed class RelaxedPlan(GroundTask task)
{
    public const int Unreachable = int.MaxValue;

    // Far above every real cost, far enough below overflow to be added.
    private const int Infinite = 1 << 20;

    private readonly int[] cost = new int[2 * task.Atoms.Count];        // by literal
    private readonly int[] skill = new int[2 * task.Atoms.Count];       // that supports it
    private readonly int[] extra = new int[2 * task.Atoms.Count];       // which of its effects, -1 for the plain ones
    private readonly bool[] marked = new bool[2 * task.Atoms.Count];

    public int Estimate(State state, GroundCondition goal)
    {
        Propagate(state);
        if (Cost(goal) >= Infinite) return Unreachable;
        Array.Clear(marked);
        var used = new HashSet<int>();
        Mark(goal, used);
        return used.Count;
    }

    /// <summary>Whether a literal can come true at all from a state; call <see cref="Propagate"/> before.</summary>
    public bool CanHold(GroundCondition condition) => Cost(condition) < Infinite;

    public void Propagate(State state)
    {
        for (var atom = 0; atom < task.Atoms.Count; atom++)
            (cost[2 * atom], cost[(2 * atom) + 1]) = state[atom] ? (0, Infinite) : (Infinite, 0);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < task.Skills.Length; i++) changed |= Apply(i);
        }
    }

    private bool Apply(int index)
    {
        var s = task.Skills[index];
        var pre = Cost(s.Pre);
        if (pre >= Infinite) return false;
        var changed = false;
        foreach (var atom in s.Adds) changed |= Support(2 * atom, pre + 1, index, -1);
        foreach (var atom in s.Deletes) changed |= Support((2 * atom) + 1, pre + 1, index, -1);
        for (var e = 0; e < s.Extras.Length; e++)
        {
            var all = pre + 1;
            foreach (var atom in s.Extras[e].When) all = Math.Min(Infinite, all + cost[2 * atom]);
            changed |= Support(2 * s.Extras[e].Adds, all, index, e);
        }
        return changed;
    }

    private bool Support(int literal, int at, int by, int effect)
    {
        if (at >= cost[literal]) return false;
        (cost[literal], skill[literal], extra[literal]) = (at, by, effect);
        return true;
    }

    private int Cost(GroundCondition condition)
    {
        switch (condition)
        {
            case GroundCondition.Literal(var code):
                return cost[code];
            case GroundCondition.All(var items):
                var sum = 0;
                foreach (var item in items) sum = Math.Min(Infinite, sum + Cost(item));
                return sum;
            case GroundCondition.Any(var items):
                var least = Infinite;
                foreach (var item in items) least = Math.Min(least, Cost(item));
                return least;
            default:
                return Infinite;
        }
    }

    private void Mark(GroundCondition condition, HashSet<int> used)
    {
        switch (condition)
        {
            case GroundCondition.Literal(var code): MarkLiteral(code, used); break;
            case GroundCondition.All(var items): foreach (var item in items) Mark(item, used); break;
            case GroundCondition.Any(var items): Mark(items.MinBy(Cost)!, used); break;
        }
    }

    private void MarkLiteral(int literal, HashSet<int> used)
    {
        if (cost[literal] == 0 || marked[literal]) return;
        marked[literal] = true;
        var supporter = task.Skills[skill[literal]];
        used.Add(skill[literal]);
        Mark(supporter.Pre, used);
        if (extra[literal] < 0) return;
        foreach (var atom in supporter.Extras[extra[literal]].When) MarkLiteral(2 * atom, used);
    }
}
