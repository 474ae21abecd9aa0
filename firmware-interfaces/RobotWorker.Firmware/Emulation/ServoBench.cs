using System.Collections.Immutable;

namespace RobotWorker.Firmware.Emulation;

/// <summary>What both emulators have in common: servos on a plant, a supply, time that passes in small steps, and what was written.</summary>
public abstract class ServoBench
{
    private const double StepSeconds = 0.001;
    private const double BitsPerByte = 10;

    private readonly IServoPlant plant;
    private readonly double[] torques;
    private readonly double baud;
    private readonly List<RegisterWrite> writes = [];
    private readonly double[] booting;
    private double owed;

    protected ServoBench(IServoPlant plant, ImmutableArray<EmulatedServo> servos, double baud)
    {
        if (servos.FirstOrDefault(servo => servo.Joint < 0 || servo.Joint >= plant.Joints) is { } lost) throw new ArgumentException($"servo {lost.Id} moves joint {lost.Joint}, and the plant has {plant.Joints}", nameof(servos));
        this.plant = plant;
        this.baud = baud;
        Servos = servos;
        torques = new double[plant.Joints];
        booting = new double[servos.Length];
    }

    public ImmutableArray<EmulatedServo> Servos { get; }

    /// <summary>What the servos get. Set it for a battery that sags.</summary>
    public double SupplyVolts { get; set; }

    /// <summary>How long a servo is deaf after a restart.</summary>
    public double BootSeconds { get; set; } = 0.3;

    /// <summary>How long the wire was busy: 10 bits a byte in both directions, and the return delays.</summary>
    public double BusSeconds { get; private set; }

    /// <summary>The part of <see cref="BusSeconds"/> that was waited for answers to begin.</summary>
    public double ReturnDelaySeconds { get; private set; }

    /// <summary>What the servos were told and executed, in order.</summary>
    public IReadOnlyList<RegisterWrite> Writes => writes;

    public void ClearWrites() => writes.Clear();

    /// <summary>Lets time pass: the servos move, warm and look after themselves; the line is silent.</summary>
    public void Advance(double seconds)
    {
        Silence();
        owed += seconds;

        // Half a step: what is owed is a sum of tenths, and must not lose a step to rounding.
        while (owed >= StepSeconds / 2)
        {
            owed -= StepSeconds;
            for (var i = 0; i < Servos.Length; i++)
            {
                booting[i] -= StepSeconds;
                var joint = Servos[i].Joint;
                torques[joint] = Drive(i, plant.Positions[joint], plant.Velocities[joint], StepSeconds);
            }

            plant.Step(torques, StepSeconds);
        }
    }

    /// <summary>The supply goes and comes back: what is not in the EEPROM starts anew.</summary>
    public void PowerCycle()
    {
        for (var i = 0; i < Servos.Length; i++) Boot(i);
    }

    /// <summary>One servo loses its power for a moment.</summary>
    public void BrownOut(byte id) => Boot(IndexOf(id));

    protected double Position(int servo) => plant.Positions[Servos[servo].Joint];

    protected double Velocity(int servo) => plant.Velocities[Servos[servo].Joint];

    protected void Log(byte id, int address, ReadOnlySpan<byte> data) => RegisterWrite.Add(writes, id, address, data);

    protected void OnWire(int bytes) => BusSeconds += bytes * BitsPerByte / baud;

    protected void Wait(double seconds)
    {
        BusSeconds += seconds;
        ReturnDelaySeconds += seconds;
    }

    /// <summary>Restarts a servo, which is deaf for a while.</summary>
    protected void Boot(int servo)
    {
        Restart(servo);
        booting[servo] = BootSeconds;
    }

    protected bool IsListening(int servo) => booting[servo] <= 0;

    /// <summary>Who answers to an id now, or -1.</summary>
    protected int Listener(byte id) => IndexOf(id) is var servo and >= 0 && IsListening(servo) ? servo : -1;

    protected int IndexOf(byte id)
    {
        for (var i = 0; i < Servos.Length; i++)
        {
            if (IdOf(i) == id) return i;
        }

        return -1;
    }

    /// <summary>Its id by its register: that can be written.</summary>
    protected abstract byte IdOf(int servo);

    /// <summary>What a servo does in a step.</summary>
    /// <returns>N m for the plant.</returns>
    protected abstract double Drive(int servo, double position, double velocity, double seconds);

    protected abstract void Restart(int servo);

    /// <summary>A frame begun and not ended is none.</summary>
    protected abstract void Silence();
}
