namespace RobotWorker.Firmware.Emulation;

/// <summary>What an emulated servo does between two packets: it goes to its goal at its speed, pushes as hard as it may, and warms. Angles are the plant's.</summary>
internal sealed class Drive(MotorModel motor)
{
    // With its motor's brushes on the supply, a limp servo still brakes a little: the plant's friction has that.
    private double setpoint;

    public double Celsius { get; set; } = motor.AmbientCelsius;

    public bool IsOn { get; private set; }

    /// <summary>N m, as last applied.</summary>
    public double Torque { get; private set; }

    public double Amperes => Torque / motor.StallTorqueNewtonMetres * motor.StallAmperes;

    /// <summary>-1 to 1 of the stall torque.</summary>
    public double Load => Torque / motor.StallTorqueNewtonMetres;

    /// <summary>The torque comes on, from where it is.</summary>
    public void SwitchOn(double position) => (IsOn, setpoint) = (true, position);

    public void SwitchOff() => (IsOn, Torque) = (false, 0);

    /// <summary>It stays where it is, whatever its goal.</summary>
    public void Halt(double position) => setpoint = position;

    /// <param name="speed">rad/s; 0: as fast as it can.</param>
    /// <param name="limit">0 to 1.</param>
    /// <returns>The torque for the plant.</returns>
    public double Decide(double goal, double speed, double limit, double volts, double position, double velocity, double seconds)
    {
        if (!IsOn) return 0;
        var power = Math.Max(0, volts / motor.NominalVolts);
        var fastest = motor.NoLoadRadiansPerSecond * power;
        var step = (speed > 0 ? Math.Min(speed, fastest) : fastest) * seconds;
        setpoint += Math.Clamp(goal - setpoint, -step, step);

        var share = Math.Clamp((motor.StiffnessPerRadian * (setpoint - position)) - (motor.DampingSeconds * velocity), -limit, limit);

        // The faster it turns, the less is left of its torque in that direction.
        var left = Math.Clamp(1 - (velocity * Math.Sign(share) / Math.Max(fastest, 1e-9)), 0, 1);
        return Torque = share * left * motor.StallTorqueNewtonMetres * power;
    }

    public void Warm(double seconds)
    {
        var heat = Amperes * Amperes * motor.WindingOhms;
        Celsius += (heat - ((Celsius - motor.AmbientCelsius) / motor.CoolingKelvinPerWatt)) / motor.HeatCapacityJoulesPerKelvin * seconds;
    }
}
