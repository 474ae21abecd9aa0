using RobotWorker.Motion;
using RobotWorker.Time;

namespace RobotWorker.World;

/// <summary>What one source said about one atom at one instant.</summary>
/// <param name="Atom">What it is about.</param>
/// <param name="Value">True, false, or unknown where the source lost sight of it.</param>
/// <param name="CapturedAt">When the sensor measured it, on the robot's clock (not when it arrived).</param>
/// <param name="Source">The sense that settled it: detector, gripper, localization, joints, plan.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Where">For <c>located(x)</c>: where it is; else null.</param>
/// <param name="Evidence">One line for a person: "width 0.061 m, effort 38 N".</param>
public sealed record Fact(
    Atom Atom, Truth Value, RobotTime CapturedAt, string Source, double Confidence = 1, StampedPose? Where = null, string? Evidence = null);

/// <summary>A pose in a named frame.</summary>
public sealed record StampedPose(string Frame, Pose Pose);
