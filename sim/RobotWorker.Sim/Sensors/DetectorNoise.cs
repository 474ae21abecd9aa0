namespace RobotWorker.Sim.Sensors;

/// <summary>How wrong a detector is. Standard deviations are per axis.</summary>
/// <param name="PositionMetres">Of the position.</param>
/// <param name="RotationRadians">Of the orientation, as a small rotation about each axis.</param>
/// <param name="MissRate">The chance of overlooking a visible object in an image.</param>
/// <param name="FalseRate">The chance that an image has an object that is not there.</param>
public sealed record DetectorNoise(double PositionMetres, double RotationRadians, double MissRate, double FalseRate)
{
    /// <summary>5 mm, 2 degrees, 5 % misses, 1 % false.</summary>
    public static readonly DetectorNoise Default = new(0.005, 2 * Math.PI / 180, 0.05, 0.01);

    /// <summary>With errors of the pose that are so many times as large; what it overlooks and imagines stays.</summary>
    public DetectorNoise Times(double factor) => this with { PositionMetres = factor * PositionMetres, RotationRadians = factor * RotationRadians };

    /// <summary>A perfect detector, for tests.</summary>
    public static readonly DetectorNoise None = new(0, 0, 0, 0);
}
