using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>
/// The fastest s(t) along a path within velocity and acceleration limits, from rest to rest: reachability analysis on a grid of s (Pham and Pham
/// 2018, A New Approach to Time-Optimal Path Parameterization Based on Reachability Analysis, IEEE T-RO 34(3)). With x = ṡ² and u = s̈ constant on
/// an interval, |q′² x| and |q′ u + q″ x| are linear bounds; a pass backwards finds the largest x from which the end can still be
/// reached, a pass forwards takes the largest u that stays below it. Every set of x here contains 0, so bisection finds its upper end.
/// </summary>
internal sealed class TimeScaling
{
    private const int LeastIntervals = 200;
    private const double Unbounded = 1e9;

    private readonly JointPath path;
    private readonly TrajectoryLimits limits;
    private readonly double[] grid;
    private readonly (double First, double Second)[,] starts;       // slopes just after the interval's start, by joint
    private readonly (double First, double Second)[,] ends;         // and just before its end: curvature may jump at the knots

    private TimeScaling(JointPath path, TrajectoryLimits limits)
    {
        (this.path, this.limits) = (path, limits);
        grid = Grid(path.Knots);
        (starts, ends) = (new (double, double)[grid.Length - 1, path.Joints], new (double, double)[grid.Length - 1, path.Joints]);
        for (var i = 0; i + 1 < grid.Length; i++)
        {
            var inside = 1e-6 * (grid[i + 1] - grid[i]);
            for (var j = 0; j < path.Joints; j++)
                (starts[i, j], ends[i, j]) = (path.Slope(j, grid[i] + inside), path.Slope(j, grid[i + 1] - inside));
        }
    }

    /// <summary>s over time: pieces of constant acceleration.</summary>
    public static ImmutableArray<Piece> Fastest(JointPath path, TrajectoryLimits limits)
    {
        var scaling = new TimeScaling(path, limits);
        return scaling.Forwards(scaling.Backwards());
    }

    /// <param name="Start">Seconds.</param>
    internal readonly record struct Piece(double Start, double Duration, double S, double Speed, double Acceleration);

    private double[] Backwards()
    {
        var largest = new double[grid.Length];
        for (var i = grid.Length - 2; i >= 0; i--)
        {
            var (low, high) = (0.0, VelocityBound(i));
            if (Accelerations(i, high, largest[i + 1]) is { } all && all.Low <= all.High) low = high;
            for (var k = 0; k < 50 && high - low > 1e-12 * high; k++)
            {
                var middle = (low + high) / 2;
                var (least, most) = Accelerations(i, middle, largest[i + 1]);
                if (least <= most) low = middle;
                else high = middle;
            }
            largest[i] = low;
        }
        return largest;
    }

    private ImmutableArray<Piece> Forwards(double[] largest)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>(grid.Length - 1);
        var (x, time) = (0.0, 0.0);
        for (var i = 0; i + 1 < grid.Length; i++)
        {
            var step = grid[i + 1] - grid[i];
            var (least, most) = Accelerations(i, x, largest[i + 1]);
            var next = Math.Clamp(x + (2 * step * Math.Max(least, most)), 0, largest[i + 1]);
            var duration = 2 * step / (Math.Sqrt(x) + Math.Sqrt(next));
            pieces.Add(new(time, duration, grid[i], Math.Sqrt(x), (next - x) / (2 * step)));
            (x, time) = (next, time + duration);
        }
        return pieces.MoveToImmutable();
    }

    private double VelocityBound(int interval)
    {
        var bound = Unbounded;
        for (var j = 0; j < path.Joints; j++)
        {
            var slope = Math.Max(Math.Abs(starts[interval, j].First), Math.Abs(ends[interval, j].First));
            if (slope > 1e-12) bound = Math.Min(bound, Math.Pow(limits.Velocity[j] / slope, 2));
        }
        return bound;
    }

    /// <summary>The accelerations of s that keep every joint within its limit at both ends of the interval and end in [0, nextLargest]; empty when Low is above High.</summary>
    private (double Low, double High) Accelerations(int interval, double x, double nextLargest)
    {
        var twice = 2 * (grid[interval + 1] - grid[interval]);
        var (low, high) = (-x / twice, (nextLargest - x) / twice);
        for (var j = 0; j < path.Joints; j++)
        {
            var limit = limits.Acceleration[j];
            var (first, second) = starts[interval, j];
            Narrow(first, second * x, limit, ref low, ref high);
            (first, second) = ends[interval, j];
            Narrow(first + (second * twice), second * x, limit, ref low, ref high);      // at the end x has become x + twice u
        }
        return (low, high);
    }

    // |factor u + offset| <= limit
    private static void Narrow(double factor, double offset, double limit, ref double low, ref double high)
    {
        if (Math.Abs(factor) < 1e-12)
        {
            if (Math.Abs(offset) > limit) (low, high) = (1, 0);
            return;
        }
        var (a, b) = ((-limit - offset) / factor, (limit - offset) / factor);
        low = Math.Max(low, Math.Min(a, b));
        high = Math.Min(high, Math.Max(a, b));
    }

    private static double[] Grid(ImmutableArray<double> knots)
    {
        var each = Math.Max(4, (LeastIntervals + knots.Length - 2) / (knots.Length - 1));
        var grid = new List<double> { 0 };
        for (var i = 1; i < knots.Length; i++)
            for (var k = 1; k <= each; k++)
                grid.Add(knots[i - 1] + ((knots[i] - knots[i - 1]) * k / each));
        return [.. grid];
    }
}
