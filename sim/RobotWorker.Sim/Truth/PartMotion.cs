using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Truth;

/// <summary>Whether a part of the robot really moves, whatever its sensors say.</summary>
public static class PartMotion
{
    // Faster than what servos do while they hold, slower than any motion that is asked for. Metres a second, radians a second.
    private const double BaseSpeed = 0.05, BaseTurn = 0.1;
    private const double ArmRate = 0.1, HeadRate = 0.1;

    /// <summary>Of the opening, which both fingers change together. Metres a second.</summary>
    private const double FingerSpeed = 0.01;

    public static bool Moves(this SimWorld world, RobotPart part) => part switch
    {
        RobotPart.Arm => world.Arm.Velocities.ContainsAnyExceptInRange(-ArmRate, ArmRate),
        RobotPart.Base => world.Base.Velocity.Speed > BaseSpeed || Math.Abs(world.Base.Velocity.Turn) > BaseTurn,
        RobotPart.Gripper => Math.Abs(world.Gripper.Velocity) > FingerSpeed,
        RobotPart.Head => Math.Abs(world.Head.PanVelocity) > HeadRate || Math.Abs(world.Head.TiltVelocity) > HeadRate,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no part of the robot"),
    };
}
