using System.Buffers;
using System.Collections.Immutable;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Emulation;

/// <summary>What both emulators have in common: servos on a plant, a supply, time that passes in small steps, and what was written.</summary>
public abstract class ServoBench : IByteDevice
{
    private const double StepSeconds = 0.001;
    private const double BitsPerByte = 10;

    private readonly IServoPlant plant;
    private readonly RegisterServo[] servos;
    private readonly Register id;
    private readonly double[] torques;
    private readonly double baud;
    private readonly List<RegisterWrite> writes = [];
    private readonly double[] booting;
    private double owed;

    /// <param name="setups">How each sits in its joint.</param>
    /// <param name="servos">In the same order.</param>
    /// <param name="id">The register that holds a servo's id: that can be written.</param>
    private protected ServoBench(IServoPlant plant, ImmutableArray<EmulatedServo> setups, RegisterServo[] servos, Register id, double baud)
    {
        if (setups.FirstOrDefault(servo => servo.Joint < 0 || servo.Joint >= plant.Joints) is { } lost) throw new ArgumentException($"servo {lost.Id} moves joint {lost.Joint}, and the plant has {plant.Joints}", nameof(setups));
        (this.plant, this.servos, this.id, this.baud) = (plant, servos, id, baud);
        Servos = setups;
        torques = new double[plant.Joints];
        booting = new double[servos.Length];
        SupplyVolts = setups.IsEmpty ? 0 : setups[0].Motor.NominalVolts;
        for (var i = 0; i < servos.Length; i++) servos[i].Sense(Position(i), 0, SupplyVolts);
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
                torques[joint] = servos[i].Step(plant.Positions[joint], plant.Velocities[joint], SupplyVolts, StepSeconds);
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

    public abstract void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers);

    /// <summary>A register as the servo has it, in counts.</summary>
    public long Register(byte id, Register register) => servos[IndexOf(id)].Get(register);

    /// <summary>Sets a register behind the bus's back: what the factory, or another host, left there.</summary>
    public void Preset(byte id, Register register, long counts) => servos[IndexOf(id)].Preset(register, counts);

    /// <summary>°C of a servo's motor, finer than its register.</summary>
    public double Celsius(byte id) => servos[IndexOf(id)].Celsius;

    /// <summary>Heats or cools a motor.</summary>
    public void SetCelsius(byte id, double celsius) => servos[IndexOf(id)].Celsius = celsius;

    protected double Position(int servo) => plant.Positions[Servos[servo].Joint];

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
        servos[servo].Restart();
        servos[servo].Sense(Position(servo), 0, SupplyVolts);
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

    protected byte IdOf(int servo) => (byte)servos[servo].Get(id);

    /// <summary>A frame begun and not ended is none.</summary>
    protected abstract void Silence();
}
