using RobotWorker.Chance;

namespace RobotWorker.Sim.Sensors;

/// <summary>
/// Where the errors of the robot's sensors come from: each sensor has a random stream of its own, and a factor makes all of their errors larger or smaller. The factor
/// changes no draw, so that a robot with noisier sensors has the same errors, only larger.
/// </summary>
/// <param name="Seed">Of the run: with <paramref name="Episode"/> it keys the streams.</param>
/// <param name="Factor">Of every error; 1: as the sensor is.</param>
internal sealed record SensorErrors(ulong Seed, string Episode, double Factor)
{
    /// <summary>The errors of one sensor, such as <c>lidar/noise</c>.</summary>
    public ErrorStream Of(string axis) => new(Chance(axis), Factor);

    /// <summary>What is left to chance and is no error, such as which beams get dirty first.</summary>
    public RandomStream Chance(string axis) => RandomStream.For(Seed, Episode, axis);
}

/// <summary>The errors of one sensor.</summary>
/// <param name="chance">What they are drawn from.</param>
internal sealed class ErrorStream(RandomStream chance, double factor)
{
    /// <summary>The same stream for what is no error of the sensor: it is not scaled.</summary>
    public RandomStream Chance => chance;

    /// <summary>Normal with mean zero.</summary>
    /// <param name="standardDeviation">Of the sensor as it is.</param>
    public double Normal(double standardDeviation) => chance.Normal(factor * standardDeviation);
}
