using System.Collections.Immutable;
using RobotWorker.Generation.Replay;
using RobotWorker.Motion;
using RobotWorker.Sim.Physics;
using RobotWorker.Tests.Sim;

namespace RobotWorker.Tests.Generation.Replay;

/// <summary>Half a second of the kitchen, in which everything is written to the simulation that drives, faults and people write to it.</summary>
internal static class RecordedKitchen
{
    public const int Steps = 260, Weakened = 60, Stuck = 120, Whole = 180;
    public static readonly FrameSteps Frames = new(First: 5, Every: 50, Count: 6);

    private static readonly Lazy<(Certificate, ImmutableArray<double[]>)> Made = new(() => Make());

    public static Certificate Certificate => Made.Value.Item1;

    /// <summary>The states that frames would show.</summary>
    public static ImmutableArray<double[]> States => Made.Value.Item2;

    /// <param name="meddle">Does something to the world besides, before each step.</param>
    public static (Certificate Certificate, ImmutableArray<double[]> States) Make(Action<SimWorld, int>? meddle = null)
    {
        using var world = Kitchen.World();
        using var recorder = new CertificateRecorder(world);
        var states = ImmutableArray.CreateBuilder<double[]>();
        double[] arm = [.. world.Arm.Targets];
        for (var step = 0; step < Steps; step++)
        {
            world.Base.SetVelocity(0.3, 0.1, 0.2);
            arm[2] += 0.001;
            world.Arm.SetTarget(arm, [0, 0, 0.5, 0, 0, 0, 0]);
            world.Gripper.Command(step < Weakened ? 0.02 : 0.06, 30);
            world.Impairment = Wrong(step);
            if (step == Whole) world.TakeAway("cup_red");
            meddle?.Invoke(world, step);
            if (step >= Frames.First && (step - Frames.First) % Frames.Every == 0) states.Add(world.SaveState());
            world.Step();
        }
        return (recorder.Finish(Frames), states.ToImmutable());
    }

    private static Impairment Wrong(int step) => step switch
    {
        >= Weakened and < Stuck => new Impairment { GripperForce = 0.3, PadFriction = 0.2, HandPush = new Vec3(0, 12, 0), BaseTraction = 0.5, BaseVeer = 0.1 }
            .WithJoint(3, j => j with { Torque = 0.5, Friction = 2 }).WithJoint(5, j => j with { EncoderStuck = true }),
        >= Stuck and < Whole => new Impairment { BaseBlocked = true, GripperJammed = true },
        _ => Impairment.None,
    };
}
