using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>A trajectory as asked for, in the order of joints of the one who asks.</summary>
/// <param name="HeaderAgeSeconds">How long ago its header says it starts; 0 for "now".</param>
public sealed record TrajectoryRequest(ImmutableArray<string> JointNames, ImmutableArray<JointWaypoint> Points, double HeaderAgeSeconds);

/// <summary>Checks a trajectory against the joints before anything moves. Pure.</summary>
public static class TrajectoryCheck
{
    /// <summary>How far, in radians, a first point at time zero may be from where the joint is commanded now.</summary>
    public const double StartToleranceRadians = 0.1;

    private const double LimitSlack = 1e-3;

    /// <summary>Average and waypoint speeds may pass the limit by this factor: the sender rounds.</summary>
    private const double SpeedSlack = 1.02;

    /// <summary>The trajectory in the controller's joint order, starting where the arm is, or what is wrong with it.</summary>
    /// <param name="positions">Where the joints are commanded now, in the order of <paramref name="joints"/>.</param>
    /// <param name="velocities">Their commanded rates.</param>
    public static (JointSpline? Spline, TrajectoryError Error, string Message) Accept(
        TrajectoryRequest asked, IReadOnlyList<JointBounds> joints, ImmutableArray<double> positions, ImmutableArray<double> velocities)
    {
        if (WrongJoints(asked, joints) is { } wrong) return (null, TrajectoryError.InvalidJoints, wrong);
        if (WrongPoints(asked) is { } broken) return (null, TrajectoryError.InvalidGoal, broken);
        var ordered = asked.Points.Select(p => Ordered(p, asked.JointNames, joints)).ToImmutableArray();
        if (asked.HeaderAgeSeconds > ordered[^1].Seconds)
        {
            return (null, TrajectoryError.OldHeaderTimestamp,
                $"the trajectory would have ended {asked.HeaderAgeSeconds - ordered[^1].Seconds:0.000} s ago");
        }
        if (ordered[0].Seconds > 0) ordered = ordered.Insert(0, Start(ordered[0], positions, velocities));
        else if (FarStart(ordered[0], joints, positions) is { } far) return (null, TrajectoryError.InvalidGoal, far);
        if (OverLimits(ordered, joints) is { } over) return (null, TrajectoryError.InvalidGoal, over);
        return (new JointSpline(ordered), TrajectoryError.Successful, "");
    }

    private static string? WrongJoints(TrajectoryRequest asked, IReadOnlyList<JointBounds> joints)
    {
        foreach (var name in asked.JointNames)
            if (joints.All(j => j.Name != name)) return $"joint '{name}' is not one of this controller: {string.Join(", ", joints.Select(j => j.Name))}";
        foreach (var joint in joints)
            if (asked.JointNames.Count(n => n == joint.Name) is not 1 and var count) return $"joint '{joint.Name}' is named {count} times; all joints are needed, once each";
        return null;
    }

    private static string? WrongPoints(TrajectoryRequest asked)
    {
        if (asked.Points.IsEmpty) return "the trajectory has no points";
        var count = asked.JointNames.Length;
        for (var i = 0; i < asked.Points.Length; i++)
        {
            var p = asked.Points[i];
            if (p.Positions.Length != count) return $"point {i} has {p.Positions.Length} positions for {count} joints";
            if (!p.Velocities.IsEmpty && p.Velocities.Length != count) return $"point {i} has {p.Velocities.Length} velocities for {count} joints";
            if (!p.Accelerations.IsEmpty && p.Accelerations.Length != count) return $"point {i} has {p.Accelerations.Length} accelerations for {count} joints";
            if (p.Positions.Concat(p.Velocities).Concat(p.Accelerations).Any(v => !double.IsFinite(v))) return $"point {i} has a value that is not a finite number";
            if (p.Seconds < 0) return $"point {i} lies before the start: {p.Seconds:0.000} s";
            if (i > 0 && p.Seconds <= asked.Points[i - 1].Seconds) return $"time_from_start does not rise at point {i}: {asked.Points[i - 1].Seconds:0.000} s, then {p.Seconds:0.000} s";
        }
        if (asked.Points[^1].Velocities.Any(v => Math.Abs(v) > 1e-3)) return "the last point is not at rest: its velocities must be zero";
        return null;
    }

    private static JointWaypoint Ordered(JointWaypoint point, ImmutableArray<string> names, IReadOnlyList<JointBounds> joints)
    {
        ImmutableArray<double> Order(ImmutableArray<double> values) => values.IsEmpty ? [] : [.. joints.Select(j => values[names.IndexOf(j.Name)])];
        return new(point.Seconds, Order(point.Positions), Order(point.Velocities), Order(point.Accelerations));
    }

    /// <summary>Where the arm is, with as many derivatives as the first waypoint gives.</summary>
    private static JointWaypoint Start(JointWaypoint first, ImmutableArray<double> positions, ImmutableArray<double> velocities) => new(
        0, positions, first.Velocities.IsEmpty ? [] : velocities, first.Accelerations.IsEmpty ? [] : [.. positions.Select(_ => 0.0)]);

    private static string? FarStart(JointWaypoint first, IReadOnlyList<JointBounds> joints, ImmutableArray<double> positions)
    {
        for (var j = 0; j < joints.Count; j++)
        {
            if (Math.Abs(first.Positions[j] - positions[j]) > StartToleranceRadians)
                return $"{joints[j].Name} starts at {first.Positions[j]:0.000} but is at {positions[j]:0.000}";
        }
        return null;
    }

    private static string? OverLimits(ImmutableArray<JointWaypoint> points, IReadOnlyList<JointBounds> joints)
    {
        for (var i = 0; i < points.Length; i++)
        {
            for (var j = 0; j < joints.Count; j++)
            {
                var (joint, value) = (joints[j], points[i].Positions[j]);
                // The arm's own start is where it is, and the way back leads past what lies between: no complaint, or what fell against its stop could never leave.
                var start = points[0].Positions[j];
                if (value < Math.Min(joint.Lower, start) - LimitSlack || value > Math.Max(joint.Upper, start) + LimitSlack)
                    return $"{joint.Name} would go to {value:0.000} at {points[i].Seconds:0.000} s; its limits are {joint.Lower:0.000} to {joint.Upper:0.000}";
                if (!points[i].Velocities.IsEmpty && Math.Abs(points[i].Velocities[j]) > joint.Velocity * SpeedSlack)
                    return $"{joint.Name} would move at {points[i].Velocities[j]:0.000} at {points[i].Seconds:0.000} s; its limit is {joint.Velocity:0.000}";
                if (i == 0) continue;
                var speed = Math.Abs(value - points[i - 1].Positions[j]) / (points[i].Seconds - points[i - 1].Seconds);
                if (speed > joint.Velocity * SpeedSlack)
                    return $"{joint.Name} would need {speed:0.000} on the way to {points[i].Seconds:0.000} s; its limit is {joint.Velocity:0.000}";
            }
        }
        return null;
    }
}
