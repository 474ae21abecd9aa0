using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>How joints come to rest: all together, each within its acceleration limit. Pure.</summary>
public static class Braking
{
    private const double LeastSeconds = 0.05;

    /// <summary>From the given positions and rates to rest; where the joints then hold.</summary>
    public static JointSpline From(ImmutableArray<double> positions, ImmutableArray<double> velocities, IReadOnlyList<JointBounds> joints)
    {
        var seconds = LeastSeconds;
        // A cubic from v to rest over T, ending v * T / 2 further on, brakes evenly at v / T.
        for (var j = 0; j < joints.Count; j++) seconds = Math.Max(seconds, Math.Abs(velocities[j]) / joints[j].Acceleration);
        var end = positions.Select((p, j) => Math.Clamp(p + (velocities[j] * seconds / 2),
            Math.Min(joints[j].Lower, p), Math.Max(joints[j].Upper, p))).ToImmutableArray();
        return new JointSpline([new(0, positions, velocities, []), JointWaypoint.Still(seconds, end)]);
    }
}
