using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Emulation;

/// <summary>What an emulated servo of any make has: registers, of which the first are kept without power, and a motor.</summary>
internal abstract class RegisterServo
{
    private readonly byte[] factory;
    private byte[]? registered;

    /// <param name="tableLength">Bytes of registers.</param>
    /// <param name="eepromLength">Of which so many are kept.</param>
    protected RegisterServo(EmulatedServo setup, int tableLength, int eepromLength, ReadOnlySpan<(Register Register, long Value)> defaults)
    {
        Setup = setup;
        Drive = new Drive(setup.Motor);
        (Table, Eeprom, factory) = (new byte[tableLength], new byte[eepromLength], new byte[eepromLength]);
        foreach (var (register, value) in defaults) register.Encode(value, factory.AsSpan(register.Address));
        factory.CopyTo(Eeprom, 0);
    }

    public double Celsius
    {
        get => Drive.Celsius;
        set => Drive.Celsius = value;
    }

    protected EmulatedServo Setup { get; }

    protected Drive Drive { get; }

    protected byte[] Table { get; }

    protected byte[] Eeprom { get; }

    public long Get(Register register) => register.Decode(Table.AsSpan(register.Address));

    public void Preset(Register register, long counts)
    {
        Set(register, counts);
        if (register.End <= Eeprom.Length) register.Encode(counts, Eeprom.AsSpan(register.Address));
    }

    /// <summary>Keeps a write for later.</summary>
    public virtual void PutOff(ReadOnlySpan<byte> addressAndData) => registered = addressAndData.ToArray();

    public virtual byte[]? TakeRegistered()
    {
        var waiting = registered;
        registered = null;
        return waiting;
    }

    /// <summary>It starts anew. The goal is no place that anybody chose: who switches the torque on now sees it jump.</summary>
    public void Restart()
    {
        Array.Clear(Table);
        Eeprom.CopyTo(Table, 0);
        registered = null;
        Drive.SwitchOff();
        Started();
    }

    /// <summary>What it does in a step.</summary>
    /// <returns>N m for the plant.</returns>
    public abstract double Step(double position, double velocity, double volts, double seconds);

    /// <summary>Writes what it feels into its registers.</summary>
    public abstract void Sense(double position, double velocity, double volts);

    /// <summary>Fills in what does not begin with zero.</summary>
    protected abstract void Started();

    protected void Set(Register register, long counts) => register.Encode(counts, Table.AsSpan(register.Address));

    /// <summary>The EEPROM is as it came.</summary>
    protected void Forget() => factory.CopyTo(Eeprom, 0);
}
