using System.Collections.Immutable;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// How fast a polyline may be driven at each place of it: from rest to rest within the acceleration limits, and slow enough at each
/// corner that turning the velocity leaves the line by no more than two centimetres. Forward and backward pass over fixed samples.
/// </summary>
public sealed class SpeedProfile
{
    private const double Step = 0.01;
    private const double CornerDeviationMetres = 0.02;

    private readonly ImmutableArray<FloorPoint> points;
    private readonly double[] starts;
    private readonly double[] speeds;

    public SpeedProfile(ImmutableArray<FloorPoint> points, FloorLimits limits, double startSpeed = 0)
    {
        this.points = points;
        starts = new double[points.Length];
        for (var i = 1; i < points.Length; i++) starts[i] = starts[i - 1] + points[i - 1].DistanceTo(points[i]);
        speeds = new double[(int)Math.Ceiling(Length / Step) + 2];
        Array.Fill(speeds, limits.Speed);
        for (var i = 1; i < points.Length - 1; i++)
        {
            var at = (int)Math.Round(starts[i] / Step);
            speeds[at] = Math.Min(speeds[at], CornerSpeed(i, limits));
        }
        speeds[0] = Math.Min(speeds[0], startSpeed);
        Array.Fill(speeds, 0, speeds.Length - 2, 2);
        for (var i = 1; i < speeds.Length; i++) speeds[i] = Math.Min(speeds[i], Reach(speeds[i - 1], limits.Acceleration));
        for (var i = speeds.Length - 2; i >= 0; i--) speeds[i] = Math.Min(speeds[i], Reach(speeds[i + 1], limits.Deceleration));
    }

    /// <summary>Length of the way in metres.</summary>
    public double Length => starts[^1];

    /// <summary>The point <paramref name="distance"/> metres along the way.</summary>
    public FloorPoint At(double distance)
    {
        var i = Segment(distance);
        var length = starts[i + 1] - starts[i];
        return length < 1e-9 ? points[i + 1] : points[i] + ((points[i + 1] - points[i]) * (Math.Clamp(distance - starts[i], 0, length) / length));
    }

    /// <summary>Unit direction of the way there; zero at its end.</summary>
    public FloorPoint Direction(double distance)
    {
        if (distance >= Length) return default;
        var i = Segment(distance);
        return (points[i + 1] - points[i]) * (1 / (starts[i + 1] - starts[i]));
    }

    /// <summary>Speed there in m/s. Never quite zero before the end, so that a reference that follows it gets there.</summary>
    public double Speed(double distance)
    {
        if (distance >= Length) return 0;
        var at = Math.Clamp(distance / Step, 0, speeds.Length - 2);
        var i = (int)at;
        return Math.Max(0.02, speeds[i] + ((speeds[i + 1] - speeds[i]) * (at - i)));
    }

    private static double Reach(double speed, double acceleration) => Math.Sqrt((speed * speed) + (2 * acceleration * Step));

    private double CornerSpeed(int i, FloorLimits limits)
    {
        var before = points[i] - points[i - 1];
        var after = points[i + 1] - points[i];
        var cos = Math.Clamp(before.Dot(after) / (before.Length * after.Length), -1, 1);
        var change = 2 * Math.Sin(Math.Acos(cos) / 2);
        // Turning the velocity by dv takes dv / a, in which the base slides about dv^2 / 2a off the line.
        return change < 1e-6 ? limits.Speed : Math.Min(limits.Speed, Math.Sqrt(2 * limits.Acceleration * CornerDeviationMetres) / change);
    }

    private int Segment(double distance)
    {
        var i = 0;
        while (i < points.Length - 2 && distance >= starts[i + 1]) i++;
        return i;
    }
}
