using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Time;

namespace RobotWorker.Generation.Parity;

/// <summary>Where the end effector was in the map, as the robot told it.</summary>
/// <param name="Points">In the order of time.</param>
public sealed record ToolPath(ImmutableArray<ToolPoint> Points)
{
    // What lies further apart is a gap: nobody knows where the tool was in between.
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(0.25);

    private static readonly IComparer<ToolPoint> ByTime = Comparer<ToolPoint>.Create((a, b) => a.At.CompareTo(b.At));

    /// <summary>The pose at an instant, between the two points around it; null where it is not known.</summary>
    public Pose? At(RobotTime at)
    {
        var found = Points.BinarySearch(new(at, default), ByTime);
        if (found >= 0) return Points[found].Pose;
        var after = ~found;
        if (after == 0 || after == Points.Length) return null;
        var (low, high) = (Points[after - 1], Points[after]);
        return high.At - low.At > Gap ? null : Between(low.Pose, high.Pose, (at - low.At) / (high.At - low.At));
    }

    private static Pose Between(Pose a, Pose b, double part)
    {
        var turn = (a.Rotation.Inverse() * b.Rotation).ToRotationVector();
        return new(a.Position + (part * (b.Position - a.Position)), (a.Rotation * Quat.FromAxisAngle(turn, turn.Length * part)).Normalized());
    }
}

/// <param name="Pose">In the map.</param>
public readonly record struct ToolPoint(RobotTime At, Pose Pose);
