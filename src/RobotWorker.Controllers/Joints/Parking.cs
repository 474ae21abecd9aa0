using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>The way of resting joints to a posture, all together and without haste. Nothing is planned around: a robot that parks by itself sees no obstacles. Pure.</summary>
public static class Parking
{
    /// <summary>The part of its limit that the joint with the longest way uses.</summary>
    private const double SpeedPart = 0.4;

    /// <summary>A cubic's greatest speed by its average.</summary>
    private const double CubicPeak = 1.5;

    public static JointSpline To(ImmutableArray<double> posture, ImmutableArray<double> positions, IReadOnlyList<JointBounds> joints)
    {
        var seconds = 1.0;
        for (var j = 0; j < joints.Count; j++)
            seconds = Math.Max(seconds, CubicPeak * Math.Abs(posture[j] - positions[j]) / (SpeedPart * joints[j].Velocity));
        return new([JointWaypoint.Still(0, positions), JointWaypoint.Still(seconds, posture)]);
    }
}
