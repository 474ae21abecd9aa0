using System.Collections.Immutable;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>The robot's newest readings, taken once every control period and shared by controllers and publishers.</summary>
internal sealed class RobotState(SimWorld world)
{
    private const double RoomCelsius = 25;

    public RobotReadings Now { get; private set; } = Read(world);

    public void Update() => Now = Read(world);

    /// <summary>The simulator's clock: counted in steps, so that it does not drift.</summary>
    public static RobotTime TimeOf(SimWorld world) => new((long)Math.Round(world.Steps * (SimWorld.StepSeconds * 1e9)));

    private static RobotReadings Read(SimWorld world)
    {
        var (at, speed) = (world.Base.Pose, world.Base.Velocity);
        return new(
            TimeOf(world), new(at.X, at.Y), Motion.Angle.Wrap(at.Yaw), new(new FloorPoint(speed.X, speed.Y).Turned(at.Yaw), speed.Turn),
            ImmutableArray.Create(world.Arm.Positions), ImmutableArray.Create(world.Arm.Velocities), ImmutableArray.Create(world.Arm.Efforts),
            [world.Head.Pan, world.Head.Tilt], [world.Head.PanVelocity, world.Head.TiltVelocity],
            new(world.Gripper.Width, world.Gripper.Velocity, world.Gripper.DemandedForce, world.Gripper.Force, RoomCelsius));
    }
}
