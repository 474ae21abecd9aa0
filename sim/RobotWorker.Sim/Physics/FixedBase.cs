using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>A base that stands where the scene begins with it, whatever is asked of it: a bench, a pedestal. No fault of wheels concerns it.</summary>
public sealed class FixedBase : RobotBase
{
    private PlanarPose pose;

    public override PlanarPose Pose => pose;

    public override PlanarPose Wheels => pose;

    public override PlanarVelocity Velocity => PlanarVelocity.Zero;

    public override PlanarVelocity WheelVelocity => PlanarVelocity.Zero;

    public override PlanarVelocity Target => PlanarVelocity.Zero;

    public override double Current => 0;

    public override double Celsius => MotorHeat.RoomCelsius;

    public override bool IsHeld => true;

    public override void SetVelocity(double vx, double vy, double wz)
    {
    }

    internal override void Place(PlanarPose pose) => this.pose = pose;

    internal override void Hold()
    {
    }

    internal override void Release()
    {
    }

    internal override void Drive()
    {
    }

    internal override void Measure()
    {
    }

    internal override void Impair(Impairment now)
    {
    }

    internal override void Warm(double? fault, double seconds)
    {
    }
}
