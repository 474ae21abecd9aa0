using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>What the room looks like, and the physics does not care about.</summary>
/// <param name="Lamp">Brightness of lamp and window, times their own.</param>
/// <param name="LampTurn">How far both are turned about the vertical, radians.</param>
public sealed record SceneLooks(double Lamp, double LampTurn, FloorFinish Floor)
{
    public static readonly SceneLooks Standard = new(1, 0, FloorFinish.Standard);
}

/// <summary>A texture of the floor.</summary>
/// <param name="Pattern">One of <see cref="Patterns"/>, as MuJoCo builds them in.</param>
/// <param name="TilesAMetre">How often it is repeated.</param>
public sealed record FloorFinish(string Name, string Pattern, Colour First, Colour Second, double TilesAMetre)
{
    public static readonly string[] Patterns = ["checker", "gradient", "flat"];

    public static readonly FloorFinish Standard = new("tiles", "checker", new(0.80, 0.77, 0.72), new(0.74, 0.71, 0.66), 1.25);
}
