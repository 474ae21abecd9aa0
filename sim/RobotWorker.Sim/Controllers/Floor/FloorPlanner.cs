using System.Collections.Immutable;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// Finds a way around the furniture: A* over a grid of the free floor (Hart, Nilsson, Raphael 1968) with a price for passing close to
/// things, then shortcuts where the straight line is no dearer. Every segment is checked against the exact rectangles, not the cells.
/// </summary>
public sealed class FloorPlanner
{
    /// <summary>Side of a cell in metres.</summary>
    private const double Cell = 0.05;

    /// <summary>Below this spare room beyond the footprint, in metres, a way costs more.</summary>
    private const double Comfort = 0.10;

    /// <summary>How many times its length a way costs that grazes furniture.</summary>
    private const double GrazingCost = 3;

    /// <summary>How far, in metres, the start may lie in the inflated zone (a stop's overshoot): it may leave, never go deeper.</summary>
    private const double StartSlack = 0.03;

    private static readonly (int X, int Y)[] Neighbours = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)];

    private readonly FloorPlan plan;
    private readonly int columns;
    private readonly int rows;
    private readonly double[] clearance;

    public FloorPlanner(FloorPlan plan)
    {
        this.plan = plan;
        columns = (int)Math.Floor((plan.Max.X - plan.Min.X) / Cell) + 1;
        rows = (int)Math.Floor((plan.Max.Y - plan.Min.Y) / Cell) + 1;
        clearance = new double[columns * rows];
        for (var i = 0; i < clearance.Length; i++) clearance[i] = plan.Clearance(Centre(i));
    }

    /// <summary>A way for the base's centre from <paramref name="start"/> to <paramref name="goal"/>, both in <c>map</c>.</summary>
    public FloorRoute Plan(FloorPoint start, FloorPoint goal)
    {
        if (!plan.IsInside(goal))
            return new FloorRoute.None(NavigationError.GoalOutsideMap, $"the goal {goal} is outside the floor {plan.Min} to {plan.Max}");
        if (!plan.IsFree(goal)) return new FloorRoute.None(NavigationError.GoalOccupied, GoalMessage(goal));
        var startRoom = plan.Clearance(start);
        if (startRoom < plan.Radius - StartSlack)
        {
            return new FloorRoute.None(NavigationError.StartOccupied,
                $"the base at {start} is only {startRoom:0.00} m from {plan.Blocking(start)?.Name ?? "the floor's edge"}; its footprint needs {plan.Radius:0.00} m");
        }
        if (Search(start, goal, Math.Min(plan.Radius, startRoom)) is not { } way)
        {
            return new FloorRoute.None(NavigationError.NoValidPath,
                $"no way from {start} to {goal} is {2 * plan.Radius:0.00} m wide everywhere");
        }
        return new FloorRoute.Found(Shorten(way, Math.Min(plan.Radius, startRoom)));
    }

    private string GoalMessage(FloorPoint goal)
    {
        var blocking = plan.Blocking(goal);
        return $"the goal {goal} is {plan.Clearance(goal):0.00} m from {blocking?.Name ?? "the floor's edge"}; the footprint needs {plan.Radius:0.00} m";
    }

    private List<FloorPoint>? Search(FloorPoint start, FloorPoint goal, double startRoom)
    {
        if (plan.IsFree(start, goal, startRoom) && Cost(start, goal) <= start.DistanceTo(goal) * 1.001) return [start, goal];
        var cost = new double[clearance.Length];
        var parent = new int[clearance.Length];
        Array.Fill(cost, double.PositiveInfinity);
        var open = new PriorityQueue<int, (double Estimate, int Index)>();
        foreach (var i in Around(start))
        {
            if (!plan.IsFree(start, Centre(i), startRoom)) continue;
            cost[i] = Cost(start, Centre(i));
            parent[i] = -1;
            open.Enqueue(i, (cost[i] + Centre(i).DistanceTo(goal), i));
        }
        var best = -1;
        var bestCost = double.PositiveInfinity;
        while (open.TryDequeue(out var at, out var key) && key.Estimate < bestCost)
        {
            var here = Centre(at);
            if (key.Estimate > cost[at] + here.DistanceTo(goal) + 1e-9) continue;
            if (here.DistanceTo(goal) <= 2 * Cell && plan.IsFree(here, goal) && cost[at] + Cost(here, goal) < bestCost)
            {
                best = at;
                bestCost = cost[at] + Cost(here, goal);
            }
            Expand(at, goal, cost, parent, open);
        }
        return best < 0 ? null : Trace(start, goal, best, parent);
    }

    private void Expand(int at, FloorPoint goal, double[] cost, int[] parent, PriorityQueue<int, (double, int)> open)
    {
        foreach (var (dx, dy) in Neighbours)
        {
            var x = (at % columns) + dx;
            var y = (at / columns) + dy;
            if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
            var next = (y * columns) + x;
            if (clearance[next] < plan.Radius || !plan.IsFree(Centre(at), Centre(next))) continue;
            var reached = cost[at] + Cost(Centre(at), Centre(next));
            if (reached >= cost[next] - 1e-12) continue;
            cost[next] = reached;
            parent[next] = at;
            open.Enqueue(next, (reached + Centre(next).DistanceTo(goal), next));
        }
    }

    private List<FloorPoint> Trace(FloorPoint start, FloorPoint goal, int last, int[] parent)
    {
        var way = new List<FloorPoint> { goal };
        for (var at = last; at >= 0; at = parent[at]) way.Add(Centre(at));
        way.Add(start);
        way.Reverse();
        return way;
    }

    /// <summary>From each kept point on to the farthest later one that a straight line reaches at no higher cost.</summary>
    private ImmutableArray<FloorPoint> Shorten(List<FloorPoint> way, double startRoom)
    {
        var along = new double[way.Count];
        for (var i = 1; i < way.Count; i++) along[i] = along[i - 1] + Cost(way[i - 1], way[i]);
        var kept = ImmutableArray.CreateBuilder<FloorPoint>();
        kept.Add(way[0]);
        for (var at = 0; at < way.Count - 1;)
        {
            var next = way.Count - 1;
            while (next > at + 1 && !(plan.IsFree(way[at], way[next], at == 0 ? startRoom : plan.Radius)
                && Cost(way[at], way[next]) <= along[next] - along[at] + 1e-9)) next--;
            if (way[next] != way[at]) kept.Add(way[next]);
            at = next;
        }
        if (kept.Count == 1) kept.Add(way[^1]);
        return kept.ToImmutable();
    }

    /// <summary>Length of the segment times its price, sampled every cell.</summary>
    private double Cost(FloorPoint from, FloorPoint to)
    {
        var length = from.DistanceTo(to);
        var pieces = Math.Max(1, (int)Math.Ceiling(length / Cell));
        var price = 0.0;
        for (var i = 0; i < pieces; i++)
        {
            var spare = plan.Clearance(from + ((to - from) * ((i + 0.5) / pieces))) - plan.Radius;
            price += 1 + ((GrazingCost - 1) * Math.Clamp(1 - (spare / Comfort), 0, 1));
        }
        return length * price / pieces;
    }

    private IEnumerable<int> Around(FloorPoint point)
    {
        var column = (int)Math.Floor((point.X - plan.Min.X) / Cell);
        var row = (int)Math.Floor((point.Y - plan.Min.Y) / Cell);
        for (var y = row - 1; y <= row + 2; y++)
            for (var x = column - 1; x <= column + 2; x++)
                if (x >= 0 && y >= 0 && x < columns && y < rows && clearance[(y * columns) + x] >= plan.Radius) yield return (y * columns) + x;
    }

    private FloorPoint Centre(int index) => new(plan.Min.X + (index % columns * Cell), plan.Min.Y + (index / columns * Cell));
}
