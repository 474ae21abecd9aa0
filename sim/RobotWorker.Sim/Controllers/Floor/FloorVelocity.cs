namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>The base's velocity in the map's axes: m/s along the floor and rad/s about the vertical.</summary>
public readonly record struct FloorVelocity(FloorPoint Linear, double Turn)
{
    public static FloorVelocity Zero => default;

    /// <summary>The nearest to <paramref name="wanted"/> that the acceleration limits allow after <paramref name="seconds"/>.</summary>
    public FloorVelocity Toward(FloorVelocity wanted, FloorLimits limits, double seconds) => new(
        Linear + (wanted.Linear - Linear).AtMost(limits.Acceleration * seconds),
        Turn + Math.Clamp(wanted.Turn - Turn, -limits.TurnAcceleration * seconds, limits.TurnAcceleration * seconds));

    /// <summary>Within the speed limits, direction kept.</summary>
    public FloorVelocity Within(FloorLimits limits) => new(Linear.AtMost(limits.Speed), Math.Clamp(Turn, -limits.TurnRate, limits.TurnRate));
}
