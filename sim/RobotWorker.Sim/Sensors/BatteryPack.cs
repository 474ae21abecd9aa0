using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Sensors;

/// <summary>The battery: seven lithium cells in series with an inner resistance, emptied by what computer and drives take.</summary>
internal sealed class BatteryPack
{
    public const double CapacityAmpereHours = 20;

    // Open-circuit voltage of an empty pack, and what a full one has more; ohms.
    private const double EmptyVolts = 22.4, FullVolts = 6.4, Ohms = 0.04;

    // Computer, sensors and amplifiers; and what a newton metre of the arm takes.
    private const double IdleAmperes = 2.5, AmperesANewtonMetre = 0.03;
    private const double MostAmperes = 30;
    private const double FullLoadKelvin = 40, TimeConstant = 40;

    private readonly SimWorld world;
    private readonly ErrorStream errors;
    private readonly MotorHeat heat = new(TimeConstant, FullLoadKelvin);
    private double charge, amperes = IdleAmperes;

    public BatteryPack(SimWorld world, SensorErrors sensors)
    {
        this.world = world;
        errors = sensors.Of("battery/noise");
        charge = errors.Chance.Uniform(0.85, 0.98);
    }

    /// <summary>Share of the capacity that is left.</summary>
    public double Charge => Math.Min(charge, world.Impairment.BatteryCharge);

    /// <summary>Called once every control period.</summary>
    public void Step(double seconds)
    {
        var torque = 0.0;
        for (var i = 0; i < world.Arm.JointCount; i++) torque += Math.Abs(world.Arm.Effort(i));
        amperes = Math.Min(MostAmperes, IdleAmperes + world.Base.Current + world.Gripper.Current + (AmperesANewtonMetre * torque));
        charge = Math.Max(0, charge - (amperes * seconds / 3600 / CapacityAmpereHours));
        heat.Step(amperes / MostAmperes, world.Impairment.BatteryCelsius, seconds);
    }

    /// <summary>What its electronics measure: volts, amperes (negative while it is emptied, as sensor_msgs/BatteryState has it), share of the charge, degrees Celsius.</summary>
    public (double Volts, double Amperes, double Charge, double Celsius) Measure() => (
        EmptyVolts + (FullVolts * Charge) - (Ohms * amperes) - world.Impairment.BatteryVoltsLost + errors.Normal(0.02),
        -amperes + errors.Normal(0.05),
        Math.Clamp(Charge + errors.Normal(0.0005), 0, 1),
        heat.Celsius + errors.Normal(0.05));
}
