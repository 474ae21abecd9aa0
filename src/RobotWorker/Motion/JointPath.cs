using System.Collections.Immutable;
using MathNet.Numerics.Interpolation;

namespace RobotWorker.Motion;

/// <summary>
/// A curve in joint space, q(s), without time. s grows by the share of its velocity limit that the busiest joint needs, so that
/// ds/dt is about one at full speed. Cubic splines through the knots, from Math.NET.
/// </summary>
internal sealed class JointPath
{
    private readonly CubicSpline[]? splines;
    private readonly ImmutableArray<double> only;

    private JointPath(ImmutableArray<double> only, ImmutableArray<double> knots, CubicSpline[]? splines) =>
        (this.only, Knots, this.splines) = (only, knots, splines);

    /// <summary>s at the waypoints, rising from 0; one value when there is nowhere to go.</summary>
    public ImmutableArray<double> Knots { get; }

    public double Length => Knots[^1];

    public int Joints => only.Length;

    /// <summary>Never beyond neighbouring waypoints (Fritsch and Carlson 1980, Monotone Piecewise Cubic Interpolation); curvature may jump at them.</summary>
    public static JointPath Monotone(IReadOnlyList<ImmutableArray<double>> waypoints, TrajectoryLimits limits) =>
        Through(waypoints, limits, (x, y) => x.Length > 2 ? CubicSpline.InterpolatePchipSorted(x, y) : Straight(x, y));

    /// <summary>Twice continuously differentiable (natural cubic spline): for dense samples of a smooth curve.</summary>
    public static JointPath Smooth(IReadOnlyList<ImmutableArray<double>> waypoints, TrajectoryLimits limits) =>
        Through(waypoints, limits, (x, y) => x.Length > 2 ? CubicSpline.InterpolateNaturalSorted(x, y) : Straight(x, y));

    /// <summary>dq/ds and d²q/ds² of a joint.</summary>
    public (double First, double Second) Slope(int joint, double s) => (splines![joint].Differentiate(s), splines[joint].Differentiate2(s));

    /// <summary>The joints' state when s has the given value, speed and acceleration.</summary>
    public TrajectoryPoint At((double S, double Speed, double Acceleration) along, double time)
    {
        var (p, v, a) = (new double[Joints], new double[Joints], new double[Joints]);
        for (var i = 0; i < Joints; i++)
        {
            var (first, second) = Slope(i, along.S);
            p[i] = splines![i].Interpolate(along.S);
            v[i] = first * along.Speed;
            a[i] = (first * along.Acceleration) + (second * along.Speed * along.Speed);
        }
        return new([.. p], [.. v], [.. a], time);
    }

    /// <summary>At rest at s.</summary>
    public TrajectoryPoint Rest(double s, double time)
    {
        ImmutableArray<double> zero = [.. new double[Joints]];
        return new(splines is null ? only : [.. splines.Select(spline => spline.Interpolate(s))], zero, zero, time);
    }

    private static JointPath Through(IReadOnlyList<ImmutableArray<double>> waypoints, TrajectoryLimits limits, Func<double[], double[], CubicSpline> fit)
    {
        if (waypoints.Count == 0) throw new ArgumentException("a path needs at least one waypoint");
        var n = limits.Velocity.Length;
        if (waypoints.Any(w => w.Length != n)) throw new ArgumentException($"every waypoint has {n} positions");
        var kept = new List<ImmutableArray<double>> { waypoints[0] };
        var knots = new List<double> { 0 };
        foreach (var waypoint in waypoints.Skip(1))
        {
            var distance = Enumerable.Range(0, n).Max(i => Math.Abs(waypoint[i] - kept[^1][i]) / limits.Velocity[i]);
            if (distance < 1e-9) continue;      // the same place again
            kept.Add(waypoint);
            knots.Add(knots[^1] + distance);
        }
        if (kept.Count == 1) return new(waypoints[0], [0], null);
        double[] x = [.. knots];
        return new(waypoints[0], [.. knots], [.. Enumerable.Range(0, n).Select(i => fit(x, [.. kept.Select(w => w[i])]))]);
    }

    private static CubicSpline Straight(double[] x, double[] y)
    {
        var slope = (y[1] - y[0]) / (x[1] - x[0]);
        return CubicSpline.InterpolateHermiteSorted(x, y, [slope, slope]);
    }
}
