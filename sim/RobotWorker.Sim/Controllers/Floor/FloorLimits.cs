namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>How fast the base moves on its own, in SI units.</summary>
/// <param name="Speed">m/s along the floor.</param>
/// <param name="Acceleration">m/s², when it gets faster or turns its velocity.</param>
/// <param name="Deceleration">m/s², when it comes to rest.</param>
/// <param name="TurnRate">rad/s about the vertical.</param>
/// <param name="TurnAcceleration">rad/s².</param>
public sealed record FloorLimits(double Speed, double Acceleration, double Deceleration, double TurnRate, double TurnAcceleration)
{
    /// <summary>A brisk indoor base: 0.8 m/s and 1.2 rad/s.</summary>
    public static readonly FloorLimits Default = new(0.8, 1.2, 0.9, 1.2, 2.5);
}
