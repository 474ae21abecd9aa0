namespace RobotWorker.Sim.Physics;

/// <summary>
/// The temperature of a motor's winding: first order, heated by the square of the effort, cooled by the room. When hot, its amplifier gives it less and less.
/// </summary>
/// <param name="timeConstant">Of the winding, seconds: some ten for motors of this size, housings take minutes.</param>
/// <param name="fullLoad">By how much its whole effort heats it in the end, kelvin.</param>
public sealed class MotorHeat(double timeConstant, double fullLoad)
{
    public const double RoomCelsius = 25;

    /// <summary>From here on the effort fades, degrees Celsius.</summary>
    public const double FadesAtCelsius = 90;

    // A twentieth is left at 95 degrees.
    private const double FadeAKelvin = 0.19;
    private const double LeastShare = 0.05;

    public double Celsius { get; private set; } = RoomCelsius;

    /// <summary>Share of the effort that is left at this temperature.</summary>
    public double Share => Math.Clamp(1 - (FadeAKelvin * (Celsius - FadesAtCelsius)), LeastShare, 1);

    /// <param name="effort">Share of the whole effort that it makes.</param>
    /// <param name="fault">What it heats up to beyond its load, degrees Celsius.</param>
    public void Step(double effort, double? fault, double seconds)
    {
        var end = Math.Max(RoomCelsius + (fullLoad * effort * effort), fault ?? RoomCelsius);
        Celsius += (end - Celsius) * (seconds / timeConstant);
    }
}
