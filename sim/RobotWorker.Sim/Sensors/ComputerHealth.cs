using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Sensors;

/// <summary>How the robot's computer fares: temperature, disk, memory and load, as its operating system would tell once a second.</summary>
internal sealed class ComputerHealth
{
    private const double IdleCelsius = 52, LoadKelvin = 12;
    private const double UsualLoad = 0.45;

    // A second takes it so far towards its end: a heat sink of some five seconds.
    private const double Nearer = 0.2;
    private const double LogBytesASecond = 60_000;

    private readonly SimWorld world;
    private readonly ErrorStream errors;
    private double celsius = IdleCelsius + (LoadKelvin * UsualLoad), diskFree = 41e9, memory = 3.1e9, load = UsualLoad;

    public ComputerHealth(SimWorld world, SensorErrors sensors)
    {
        this.world = world;
        errors = sensors.Of("computer/noise");
    }

    /// <summary>What is measured now, a second after the last time. Degrees Celsius, bytes, bytes, share of the processor.</summary>
    public (double Celsius, double DiskFree, double MemoryAvailable, double Load) Measure()
    {
        // How busy it is, and what its programs write and keep, is so: only the readings err.
        load = Math.Clamp(load + (0.2 * (UsualLoad - load)) + errors.Chance.Normal(0.03), 0.05, 1);
        var end = Math.Max(IdleCelsius + (LoadKelvin * load), world.Impairment.ComputerCelsius ?? 0);
        celsius += Nearer * (end - celsius);
        diskFree = Math.Max(0, diskFree - Math.Abs(errors.Chance.Normal(LogBytesASecond)));
        memory += (0.1 * (3.1e9 - memory)) + errors.Chance.Normal(8e6);
        return (
            celsius + errors.Normal(0.2),
            Math.Min(diskFree, world.Impairment.DiskFree * (1 + errors.Normal(1e-3))),
            Math.Min(memory, world.Impairment.MemoryAvailable * (1 + errors.Normal(1e-2))),
            load);
    }
}
