namespace RobotWorker.Firmware.Emulation;

/// <summary>What a servo's motor can do, and how it warms.</summary>
/// <param name="StallTorqueNewtonMetres">Behind the gear, at the nominal voltage.</param>
/// <param name="WindingOhms">Heat is current squared times this.</param>
/// <param name="HeatCapacityJoulesPerKelvin">Of winding and case together.</param>
/// <param name="CoolingKelvinPerWatt">How much hotter than the air it stays with one watt of heat.</param>
/// <param name="StiffnessPerRadian">Share of the stall torque for each radian of error.</param>
/// <param name="DampingSeconds">Share of the stall torque for each rad/s.</param>
public sealed record MotorModel(
    double StallTorqueNewtonMetres, double NoLoadRadiansPerSecond, double StallAmperes, double NominalVolts, double WindingOhms, double HeatCapacityJoulesPerKelvin = 25,
    double CoolingKelvinPerWatt = 8, double AmbientCelsius = 25, double StiffnessPerRadian = 12, double DampingSeconds = 0.3)
{
    /// <summary>The servo of the SO-100 and SO-101 arms at 7.4 V.</summary>
    public static MotorModel Sts3215 { get; } = new(1.9, 4.7, 2.4, 7.4, 2.8);

    /// <summary>A small Dynamixel at 5 V.</summary>
    public static MotorModel Xl330 { get; } = new(0.52, 10.8, 1.47, 5, 3);

    /// <summary>A research arm's Dynamixel at 12 V.</summary>
    public static MotorModel Xm430 { get; } = new(4.1, 4.8, 2.3, 12, 4.6, 60, 5);
}
