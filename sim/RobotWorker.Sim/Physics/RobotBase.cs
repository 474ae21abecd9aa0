using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>What carries the arm: wheels, or something that is screwed down. Metres, radians, seconds; poses in the map.</summary>
public abstract class RobotBase
{
    /// <summary>Of base_link in the map; yaw is not wrapped.</summary>
    public abstract PlanarPose Pose { get; }

    /// <summary>Where base_link would be if its wheels had never slipped: their way, added up. Yaw is not wrapped.</summary>
    public abstract PlanarPose Wheels { get; }

    /// <summary>How fast it truly moves.</summary>
    public abstract PlanarVelocity Velocity { get; }

    /// <summary>How fast its wheels roll.</summary>
    public abstract PlanarVelocity WheelVelocity { get; }

    /// <summary>How fast it shall move.</summary>
    public abstract PlanarVelocity Target { get; }

    /// <summary>Of the drive's amplifiers, amperes.</summary>
    public abstract double Current { get; }

    /// <summary>Of the drive, degrees Celsius.</summary>
    public abstract double Celsius { get; }

    /// <summary>Brought to rest and kept there: no command is taken until it is released.</summary>
    public abstract bool IsHeld { get; }

    /// <summary>Asks for a velocity; it is cut to the base's limits and kept until another is asked for.</summary>
    public abstract void SetVelocity(double vx, double vy, double wz);

    internal abstract void Place(PlanarPose pose);

    internal abstract void Hold();

    internal abstract void Release();

    /// <summary>Before each physics step: what the drive does in it.</summary>
    internal abstract void Drive();

    /// <summary>After each physics step: the wheels' way in it.</summary>
    internal abstract void Measure();

    internal abstract void Impair(Impairment now);

    internal abstract void Warm(double? fault, double seconds);
}
