using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>How joints come to rest: all together, each within its acceleration limit. Pure.</summary>
public static class Braking
{
    private const double LeastSeconds = 0.05;

    /// <summary>From the given positions and rates to rest; where the joints then hold.</summary>
    /// <param name="harder">How many times the joints' limit it may brake with, and in how much less than the least time.</param>
    public static JointSpline From(ImmutableArray<double> positions, ImmutableArray<double> velocities, IReadOnlyList<JointBounds> joints, double harder = 1)
    {
        var seconds = LeastSeconds / harder;
        // A cubic from v to rest over T, ending v * T / 2 further on, brakes evenly at v / T.
        for (var j = 0; j < joints.Count; j++) seconds = Math.Max(seconds, Math.Abs(velocities[j]) / (harder * joints[j].Acceleration));
        var end = positions.Select((p, j) => Math.Clamp(p + (velocities[j] * seconds / 2),
            Math.Min(joints[j].Lower, p), Math.Max(joints[j].Upper, p))).ToImmutableArray();
        return new JointSpline([new(0, positions, velocities, []), JointWaypoint.Still(seconds, end)]);
    }
}
