using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Emulation;

/// <summary>One STS servo: its registers, its motor, and how it protects itself (spec, Feetech STS).</summary>
internal sealed class FeetechServo
{
    public const int TableLength = 128;
    private const int EepromLength = 40;

    private readonly EmulatedServo setup;
    private readonly Drive drive;
    private readonly byte[] table = new byte[TableLength];
    private readonly byte[] eeprom = new byte[EepromLength];
    private readonly byte[] factory = new byte[EepromLength];
    private byte[]? registered;
    private StsStatus latched;
    private double overloadedSeconds;
    private bool isProtecting;

    public FeetechServo(EmulatedServo setup)
    {
        this.setup = setup;
        drive = new Drive(setup.Motor);
        (Register, long)[] defaults =
        [
            (StsRegisters.FirmwareMajor, 3), (StsRegisters.FirmwareMinor, 10), (StsRegisters.Model, StsRegisters.ModelSts3215), (StsRegisters.Id, setup.Id), (StsRegisters.ReturnDelay, 250),
            (StsRegisters.ResponseLevel, 1), (StsRegisters.MaxPosition, 4095), (StsRegisters.MaxTemperature, 70), (StsRegisters.MaxVoltage, (long)Math.Round(setup.Motor.NominalVolts * 12)),
            (StsRegisters.MinVoltage, (long)Math.Round(setup.Motor.NominalVolts * 6)), (StsRegisters.MaxTorque, 1000), (StsRegisters.UnloadCondition, 44), (StsRegisters.PositionP, 16),
            (StsRegisters.PositionD, 32), (StsRegisters.ProtectionCurrent, 500), (StsRegisters.ProtectiveTorque, 20), (StsRegisters.ProtectionTime, 200), (StsRegisters.OverloadTorque, 80),
        ];
        foreach (var (register, value) in defaults) register.Encode(value, factory.AsSpan(register.Address));
        factory.CopyTo(eeprom, 0);
        Restart();
    }

    public double Celsius
    {
        get => drive.Celsius;
        set => drive.Celsius = value;
    }

    public double ReturnDelaySeconds => Get(StsRegisters.ReturnDelay) * StsRegisters.ReturnDelay.Scale;

    public long Get(Register register) => register.Decode(table.AsSpan(register.Address));

    public void Preset(Register register, long counts)
    {
        Set(register, counts);
        if (register.End <= EepromLength) register.Encode(counts, eeprom.AsSpan(register.Address));
    }

    public void Read(int address, Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++) data[i] = address + i < TableLength ? table[address + i] : (byte)0;
    }

    public void Write(int address, ReadOnlySpan<byte> data, double position)
    {
        for (var i = 0; i < data.Length; i++)
        {
            if (!IsReadOnly(address + i)) WriteByte(address + i, data[i], position);
        }
    }

    public void PutOff(ReadOnlySpan<byte> addressAndData) => registered = addressAndData.ToArray();

    public byte[]? TakeRegistered()
    {
        var waiting = registered;
        registered = null;
        return waiting;
    }

    public void Reset()
    {
        var id = Get(StsRegisters.Id);
        factory.CopyTo(eeprom, 0);
        eeprom[StsRegisters.Id.Address] = (byte)id;
        Restart();
    }

    /// <summary>The power came back. The goal is no place that anybody chose: who switches the torque on now sees it jump.</summary>
    public void Restart()
    {
        Array.Clear(table);
        eeprom.CopyTo(table, 0);
        Set(StsRegisters.TorqueLimit, Get(StsRegisters.MaxTorque));
        Set(StsRegisters.Lock, 1);
        registered = null;
        (latched, overloadedSeconds, isProtecting) = (StsStatus.None, 0, false);
        drive.SwitchOff();
    }

    public double Step(double position, double velocity, double volts, double seconds)
    {
        var goal = setup.RadiansOf(Bounded(Get(StsRegisters.GoalPosition), Get(StsRegisters.MinPosition), Get(StsRegisters.MaxPosition)) + Get(StsRegisters.Homing));
        var limit = Math.Min(Get(StsRegisters.TorqueLimit), Get(StsRegisters.MaxTorque)) * StsRegisters.TorqueLimit.Scale;
        if (isProtecting) limit = Math.Min(limit, Get(StsRegisters.ProtectiveTorque) * StsRegisters.ProtectiveTorque.Scale);
        var torque = drive.Decide(goal, Math.Abs(Get(StsRegisters.GoalSpeed)) * StsRegisters.GoalSpeed.Scale, limit, volts, position, velocity, seconds);
        drive.Warm(seconds);
        Sense(position, velocity, volts);
        Protect(seconds);
        return drive.IsOn ? torque : 0;
    }

    /// <summary>Writes what it feels into its registers.</summary>
    public void Sense(double position, double velocity, double volts)
    {
        var counts = (int)Math.Round(setup.CountsOf(position)) - (int)Get(StsRegisters.Homing);
        Set(StsRegisters.Position, ((counts % EmulatedServo.CountsPerTurn) + EmulatedServo.CountsPerTurn) % EmulatedServo.CountsPerTurn);
        Set(StsRegisters.Speed, Bounded(setup.Direction * velocity / StsRegisters.Speed.Scale, 32767));
        Set(StsRegisters.Load, Bounded(setup.Direction * drive.Load / StsRegisters.Load.Scale, 1000));
        Set(StsRegisters.Current, Bounded(setup.Direction * drive.Amperes / StsRegisters.Current.Scale, 32767));
        Set(StsRegisters.Voltage, Bounded(volts / StsRegisters.Voltage.Scale, 255));
        Set(StsRegisters.Temperature, Bounded(Math.Max(0, drive.Celsius), 255));
        Set(StsRegisters.Moving, Math.Abs(velocity) > 0.02 ? 1 : 0);
        Set(StsRegisters.Torque, drive.IsOn ? 1 : 0);
    }

    private void Protect(double seconds)
    {
        var now = StsStatus.None;
        if (Get(StsRegisters.Voltage) > Get(StsRegisters.MaxVoltage) || Get(StsRegisters.Voltage) < Get(StsRegisters.MinVoltage)) now |= StsStatus.Voltage;
        if (Get(StsRegisters.Temperature) > Get(StsRegisters.MaxTemperature)) now |= StsStatus.Temperature;
        if (Math.Abs(Get(StsRegisters.Current)) > Get(StsRegisters.ProtectionCurrent)) now |= StsStatus.Current;

        overloadedSeconds = drive.IsOn && Math.Abs(drive.Load) * 100 >= Get(StsRegisters.OverloadTorque) ? overloadedSeconds + seconds : 0;
        if (overloadedSeconds > Get(StsRegisters.ProtectionTime) * StsRegisters.ProtectionTime.Scale) latched |= StsStatus.Load;

        Set(StsRegisters.Status, (long)(now | latched));
        isProtecting = latched.HasFlag(StsStatus.Load);

        // Overload is answered with the protective torque; what else the condition names, with letting go.
        if (((byte)(now & ~StsStatus.Load) & Get(StsRegisters.UnloadCondition)) == 0) return;
        drive.SwitchOff();
        Set(StsRegisters.Torque, 0);
    }

    private void WriteByte(int address, byte value, double position)
    {
        if (address == StsRegisters.Torque.Address)
        {
            SwitchTorque(value, position);
            return;
        }

        table[address] = value;
        if (address < EepromLength && Get(StsRegisters.Lock) == 0) eeprom[address] = value;
    }

    private void SwitchTorque(byte value, double position)
    {
        if (value == 128)
        {
            // Where it is becomes the middle.
            Preset(StsRegisters.Homing, Math.Clamp((int)Math.Round(setup.CountsOf(position)) - 2048, -2047, 2047));
            return;
        }

        if (value == 1 && !drive.IsOn) drive.SwitchOn(position);
        if (value != 1) drive.SwitchOff();
        if (value == 0) latched = StsStatus.None;
        table[StsRegisters.Torque.Address] = value;
    }

    private void Set(Register register, long counts) => register.Encode(counts, table.AsSpan(register.Address));

    private static bool IsReadOnly(int address) => address < StsRegisters.Id.Address || address >= StsRegisters.Position.Address;

    // Not Clamp: noise can write a least that is above the most.
    private static long Bounded(long value, long least, long most) => Math.Min(Math.Max(value, least), most);

    private static long Bounded(double value, int most) => (long)Math.Round(Math.Clamp(value, -most, most));
}
