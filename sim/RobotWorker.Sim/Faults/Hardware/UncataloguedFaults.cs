using System.Collections.Immutable;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>
/// Faults that the worker's catalogue lacks, on purpose: what becomes of one that nobody has thought of. They must not be added to it, nor may thresholds be set by them;
/// whoever wants to tell the worker of one needs another in its place.
/// </summary>
internal static class UncataloguedFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("GRIPPER_PADS_WORN", "the pads keep this share of their friction: what is held slips although the force is right", new FaultParameter("share", 0.02, 0, 1),
            (now, share) => now with { PadFriction = Math.Min(now.PadFriction, share) }),
        new("ARM_JOINT_FRICTION", "a joint has so much more dry friction: it lags behind, and its motor works against it",
            [new("joint", 2, 1, 7, Whole: true), new("torque", 40, 0, 200, "N m")],
            (now, with) => now.WithJoint((int)with[0], joint => joint with { Friction = Math.Max(joint.Friction, with[1]) })),
        new("CAMERA_MISALIGNED", "the camera was knocked: it looks so far to the left of where the robot believes", new FaultParameter("angle", 0.05, -0.5, 0.5, "rad"),
            (now, angle) => now with { CameraAngle = now.CameraAngle + angle }),
        new("BASE_VEERS", "a wheel is worn: for each metre the base turns by so much, and odometry does not know", new FaultParameter("rate", 0.15, -1, 1, "rad/m"),
            (now, rate) => now with { BaseVeer = now.BaseVeer + rate }),
        new("CAMERA_LATE", "its pictures arrive so late, with the stamps of when they were taken", new FaultParameter("seconds", 0.6, 0.05, 5, "s"),
            (now, seconds) => now with { CameraDelay = Math.Max(now.CameraDelay, seconds) }),
    ];
}
