using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Emulation;

/// <summary>One X series servo: its registers, its motor, its watchdog, and how it shuts down (spec, Dynamixel Protocol 2.0).</summary>
internal sealed class DynamixelServo : RegisterServo
{
    public const int TableLength = 256;
    private const int EepromLength = 64;

    // The motor's own protection: so much of its torque for so long (measured by users at some seconds; not a register).
    private const double OverloadShare = 0.8;
    private const double OverloadSeconds = 2;

    private byte[]? backup;
    private double silentSeconds;
    private double overloadedSeconds;
    private double ticks;
    private double stoppedAt;

    public DynamixelServo(EmulatedServo setup)
        : base(setup, TableLength, EepromLength,
        [
            (XSeriesRegisters.Model, 1020), (XSeriesRegisters.Firmware, 46), (XSeriesRegisters.Id, setup.Id), (XSeriesRegisters.Baud, 3), (XSeriesRegisters.ReturnDelay, 250), (XSeriesRegisters.OperatingMode, 3),
            (XSeriesRegisters.TemperatureLimit, 80), (XSeriesRegisters.MaxVoltage, (long)Math.Round(setup.Motor.NominalVolts * 13.3)), (XSeriesRegisters.MinVoltage, (long)Math.Round(setup.Motor.NominalVolts * 7.9)),
            (XSeriesRegisters.PwmLimit, 885), (XSeriesRegisters.CurrentLimit, 1193), (XSeriesRegisters.VelocityLimit, 200), (XSeriesRegisters.MaxPosition, 4095), (XSeriesRegisters.Shutdown, 0x34),
        ]) => Restart();

    public double ReturnDelaySeconds => Get(XSeriesRegisters.ReturnDelay) * XSeriesRegisters.ReturnDelay.Scale;

    /// <summary>Bit 7 of every answer, while there is a hardware error.</summary>
    public byte Alert => (byte)(Get(XSeriesRegisters.HardwareError) != 0 ? 0x80 : 0);

    private bool HasTripped => Get(XSeriesRegisters.BusWatchdog) < 0;

    public void Read(int address, Span<byte> data) => Table.AsSpan(address, data.Length).CopyTo(data);

    /// <summary>An instruction packet came for it, whatever it says.</summary>
    public void Heard() => silentSeconds = 0;

    public DynamixelError Write(int address, ReadOnlySpan<byte> data, double position)
    {
        if (address + data.Length > TableLength) return DynamixelError.Range;
        var error = Check(address, data);
        if (error != DynamixelError.None) return error;

        data.CopyTo(Table.AsSpan(address));
        if (address < EepromLength) Table.AsSpan(0, EepromLength).CopyTo(Eeprom);
        if (Covers(address, data.Length, XSeriesRegisters.BusWatchdog) && Get(XSeriesRegisters.BusWatchdog) == 0) silentSeconds = 0;
        if (!Covers(address, data.Length, XSeriesRegisters.Torque)) return DynamixelError.None;

        if (Get(XSeriesRegisters.Torque) == 0) Drive.SwitchOff();
        else if (!Drive.IsOn) Drive.SwitchOn(position);
        return DynamixelError.None;
    }

    public override void PutOff(ReadOnlySpan<byte> addressAndData)
    {
        base.PutOff(addressAndData);
        Set(XSeriesRegisters.Registered, 1);
    }

    public override byte[]? TakeRegistered()
    {
        Set(XSeriesRegisters.Registered, 0);
        return base.TakeRegistered();
    }

    public DynamixelError Reset(FactoryResetKeeps keeps)
    {
        var (id, baud) = (Eeprom[XSeriesRegisters.Id.Address], Eeprom[XSeriesRegisters.Baud.Address]);
        Forget();
        if (keeps is FactoryResetKeeps.Id or FactoryResetKeeps.IdAndBaud) Eeprom[XSeriesRegisters.Id.Address] = id;
        if (keeps is FactoryResetKeeps.IdAndBaud) Eeprom[XSeriesRegisters.Baud.Address] = baud;
        Restart();
        return DynamixelError.None;
    }

    /// <summary>Clear, backup and restore, with their keys.</summary>
    public DynamixelError Keep(DynamixelInstruction instruction, ReadOnlySpan<byte> parameters)
    {
        ReadOnlySpan<byte> clear = [0x01, 0x44, 0x58, 0x4C, 0x22];
        ReadOnlySpan<byte> keep = [0x01, 0x43, 0x54, 0x52, 0x4C];
        if (!parameters.SequenceEqual(instruction == DynamixelInstruction.Clear ? clear : keep)) return DynamixelError.Result;
        if (instruction == DynamixelInstruction.Clear) return Get(XSeriesRegisters.Moving) == 0 ? DynamixelError.None : DynamixelError.Result;
        if (Drive.IsOn) return DynamixelError.Access;
        if (instruction == DynamixelInstruction.Backup) backup = [.. Eeprom];
        if (instruction != DynamixelInstruction.Restore) return DynamixelError.None;
        if (backup is null) return DynamixelError.Result;
        backup.CopyTo(Eeprom, 0);
        Restart();
        return DynamixelError.None;
    }

    protected override void Started()
    {
        Set(XSeriesRegisters.StatusReturnLevel, 2);
        Set(XSeriesRegisters.PositionP, 800);
        Set(XSeriesRegisters.GoalPwm, Get(XSeriesRegisters.PwmLimit));
        Set(XSeriesRegisters.GoalCurrent, Get(XSeriesRegisters.CurrentLimit));
        (silentSeconds, overloadedSeconds) = (0, 0);
    }

    public override double Step(double position, double velocity, double volts, double seconds)
    {
        Watch(position, seconds);
        if (!HasTripped)
        {
            var goal = Setup.RadiansOf(Math.Min(Math.Max(Get(XSeriesRegisters.GoalPosition), Get(XSeriesRegisters.MinPosition)), Get(XSeriesRegisters.MaxPosition)) - Get(XSeriesRegisters.HomingOffset));
            Lead(goal, position, velocity, volts, seconds);
        }
        else
        {
            // It stands where it stood when it tripped.
            Lead(stoppedAt, position, velocity, volts, seconds);
        }

        Drive.Warm(seconds);
        ticks += seconds;
        Sense(position, velocity, volts);
        Protect(seconds);
        return Drive.IsOn ? Drive.Torque : 0;
    }

    public override void Sense(double position, double velocity, double volts)
    {
        Set(XSeriesRegisters.Position, (long)Math.Round(Setup.CountsOf(position)) + Get(XSeriesRegisters.HomingOffset));
        Set(XSeriesRegisters.Velocity, (long)Math.Round(Setup.Direction * velocity / XSeriesRegisters.Velocity.Scale));
        Set(XSeriesRegisters.Pwm, (long)Math.Round(Setup.Direction * Drive.Load / XSeriesRegisters.Pwm.Scale));
        Set(XSeriesRegisters.Current, (long)Math.Round(Math.Clamp(Setup.Direction * Drive.Amperes / XSeriesRegisters.Current.Scale, -32767, 32767)));
        Set(XSeriesRegisters.Voltage, (long)Math.Round(Math.Max(0, volts) / XSeriesRegisters.Voltage.Scale));
        Set(XSeriesRegisters.Temperature, (long)Math.Round(Math.Clamp(Drive.Celsius, 0, 255)));
        Set(XSeriesRegisters.Moving, Math.Abs(velocity) > 0.02 ? 1 : 0);
        Set(XSeriesRegisters.RealtimeTick, (long)(ticks * 1000) % 32768);
    }

    private void Lead(double goal, double position, double velocity, double volts, double seconds) => Drive.Decide(
        goal, Get(XSeriesRegisters.ProfileVelocity) * XSeriesRegisters.ProfileVelocity.Scale, Math.Min(1, Math.Abs(Get(XSeriesRegisters.GoalPwm)) * XSeriesRegisters.GoalPwm.Scale), volts, position, velocity, seconds);

    private void Watch(double position, double seconds)
    {
        silentSeconds += seconds;
        var watchdog = Get(XSeriesRegisters.BusWatchdog);
        if (!Drive.IsOn || watchdog <= 0 || silentSeconds <= watchdog * XSeriesRegisters.BusWatchdog.Scale) return;
        Set(XSeriesRegisters.BusWatchdog, -1);
        stoppedAt = position;
        Drive.Halt(position);

        // A new goal is wanted before it moves again; the old one is forgotten.
        Set(XSeriesRegisters.GoalPosition, Get(XSeriesRegisters.Position));
    }

    private void Protect(double seconds)
    {
        var errors = HardwareErrors.None;
        if (Get(XSeriesRegisters.Voltage) > Get(XSeriesRegisters.MaxVoltage) || Get(XSeriesRegisters.Voltage) < Get(XSeriesRegisters.MinVoltage)) errors |= HardwareErrors.InputVoltage;
        if (Get(XSeriesRegisters.Temperature) > Get(XSeriesRegisters.TemperatureLimit)) errors |= HardwareErrors.Overheating;
        overloadedSeconds = Drive.IsOn && Math.Abs(Drive.Load) > OverloadShare ? overloadedSeconds + seconds : 0;
        if (overloadedSeconds > OverloadSeconds) errors |= HardwareErrors.Overload;

        // What shuts down stays until a reboot; the rest is told while it lasts.
        var shutdown = (HardwareErrors)Get(XSeriesRegisters.Shutdown);
        var latched = (HardwareErrors)Get(XSeriesRegisters.HardwareError) & shutdown;
        Set(XSeriesRegisters.HardwareError, (byte)(errors | latched));
        if (((errors | latched) & shutdown) == HardwareErrors.None) return;
        Drive.SwitchOff();
        Set(XSeriesRegisters.Torque, 0);
    }

    private DynamixelError Check(int address, ReadOnlySpan<byte> data)
    {
        var isOn = Get(XSeriesRegisters.Torque) != 0;
        foreach (var register in XSeriesRegisters.Table.All)
        {
            if (register.Address >= address + data.Length || register.End <= address) continue;
            if (register.Access == RegisterAccess.Read) return DynamixelError.Access;
            if (!Covers(address, data.Length, register)) return DynamixelError.Length;
            if (register.Area == RegisterArea.Eeprom && isOn) return DynamixelError.Access;
            if (HasTripped && register.Address >= XSeriesRegisters.GoalPwm.Address && register.Address <= XSeriesRegisters.GoalPosition.Address && !IsProfile(register)) return DynamixelError.Access;
            var error = CheckValue(register, register.Decode(data[(register.Address - address)..]));
            if (error != DynamixelError.None) return error;
        }

        return DynamixelError.None;
    }

    private DynamixelError CheckValue(Register register, long value)
    {
        if (register == XSeriesRegisters.Torque)
            return value is not (0 or 1) ? DynamixelError.Range : value == 1 && ((HardwareErrors)Get(XSeriesRegisters.HardwareError) & (HardwareErrors)Get(XSeriesRegisters.Shutdown)) != 0 ? DynamixelError.Result : DynamixelError.None;
        if (register == XSeriesRegisters.BusWatchdog) return HasTripped && value != 0 ? DynamixelError.Range : value is >= 0 and <= 127 ? DynamixelError.None : DynamixelError.Range;
        if (register == XSeriesRegisters.GoalPosition) return value >= Get(XSeriesRegisters.MinPosition) && value <= Get(XSeriesRegisters.MaxPosition) ? DynamixelError.None : DynamixelError.Limit;
        if (register == XSeriesRegisters.GoalPwm) return Math.Abs(value) <= Get(XSeriesRegisters.PwmLimit) ? DynamixelError.None : DynamixelError.Limit;
        return DynamixelError.None;
    }

    private static bool IsProfile(Register register) => register == XSeriesRegisters.ProfileAcceleration || register == XSeriesRegisters.ProfileVelocity;

    private static bool Covers(int address, int length, Register register) => register.Address >= address && register.End <= address + length;
}
