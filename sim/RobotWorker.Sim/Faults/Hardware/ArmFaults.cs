using System.Collections.Immutable;
using RobotWorker.Motion;
using static RobotWorker.Sim.Faults.Hardware.HardwareFaults;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the arm.</summary>
internal static class ArmFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("ARM_TORQUE_LOW", "the motor of a joint keeps this share of its torque: the joint sags", [Joint(2), new("remaining", 0.02, 0, 1)],
            (now, with) => now.WithJoint((int)with[0], joint => joint with { Torque = Math.Min(joint.Torque, with[1]) })),
        new("ARM_ENCODER_STUCK", "the encoder of a joint repeats its last value, also to the controller", [Joint(4)],
            (now, with) => now.WithJoint((int)with[0], joint => joint with { EncoderStuck = true })),
        new("ARM_ENCODER_JUMP", "the encoder of a joint is off by so much at once, also for the controller", [Joint(6), new("offset", 0.15, -1, 1, "rad")],
            (now, with) => now.WithJoint((int)with[0], joint => joint with { EncoderOffset = joint.EncoderOffset + with[1] })),
        new("ARM_HOT", "the motor of a joint heats up slowly; above 90 degC its torque fades", [Joint(2), new("temperature", 95, 30, 150, "degC")],
            (now, with) => now.WithJoint((int)with[0], joint => joint with { Celsius = Hotter(joint.Celsius, with[1]) })),
        new("ARM_COLLISION", "something pushes the hand, level and in this direction of the map",
            [new("force", 60, 1, 500, "N"), new("heading", -1.57, -3.1416, 3.1416, "rad")],
            (now, with) => now with { HandPush = now.HandPush + new Vec3(with[0] * Math.Cos(with[1]), with[0] * Math.Sin(with[1]), 0) }, TimeSpan.FromSeconds(0.3)),
        new("ARM_CONTROLLER_DOWN", "the arm's controller dies: its brakes fall in, its goals end, its joints are not told any more", now => now with { ArmControllerDown = true }),
        new("ARM_CONTROLLER_FAULT", "the arm's controller finds something that it cannot go on with: its brakes fall in, its goals end, and it says so", now => now with { ArmControllerFault = true }),
        new("ARM_STATE_SILENT", "the arm's controller does not tell any more where it leads the joints; it goes on", now => now with { ArmStateSilent = true }),
    ];

    private static FaultParameter Joint(int standard) => new("joint", standard, 1, 7, Whole: true);
}
