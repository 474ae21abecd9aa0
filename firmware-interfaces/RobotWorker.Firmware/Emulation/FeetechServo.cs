using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Emulation;

/// <summary>One STS servo: its registers, its motor, and how it protects itself (spec, Feetech STS).</summary>
internal sealed class FeetechServo : RegisterServo
{
    public const int TableLength = 128;
    private const int EepromLength = 40;

    private StsStatus latched;
    private double overloadedSeconds;
    private bool isProtecting;

    public FeetechServo(EmulatedServo setup)
        : base(setup, TableLength, EepromLength,
        [
            (StsRegisters.FirmwareMajor, 3), (StsRegisters.FirmwareMinor, 10), (StsRegisters.Model, StsRegisters.ModelSts3215), (StsRegisters.Id, setup.Id), (StsRegisters.ReturnDelay, 250),
            (StsRegisters.ResponseLevel, 1), (StsRegisters.MaxPosition, 4095), (StsRegisters.MaxTemperature, 70), (StsRegisters.MaxVoltage, (long)Math.Round(setup.Motor.NominalVolts * 12)),
            (StsRegisters.MinVoltage, (long)Math.Round(setup.Motor.NominalVolts * 6)), (StsRegisters.MaxTorque, 1000), (StsRegisters.UnloadCondition, 44), (StsRegisters.PositionP, 16),
            (StsRegisters.PositionD, 32), (StsRegisters.ProtectionCurrent, 500), (StsRegisters.ProtectiveTorque, 20), (StsRegisters.ProtectionTime, 200), (StsRegisters.OverloadTorque, 80),
        ]) => Restart();

    public double ReturnDelaySeconds => Get(StsRegisters.ReturnDelay) * StsRegisters.ReturnDelay.Scale;

    public void Read(int address, Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++) data[i] = address + i < TableLength ? Table[address + i] : (byte)0;
    }

    public void Write(int address, ReadOnlySpan<byte> data, double position)
    {
        for (var i = 0; i < data.Length; i++)
        {
            if (!IsReadOnly(address + i)) WriteByte(address + i, data[i], position);
        }
    }

    public void Reset()
    {
        var id = Get(StsRegisters.Id);
        Forget();
        Eeprom[StsRegisters.Id.Address] = (byte)id;
        Restart();
    }

    protected override void Started()
    {
        Set(StsRegisters.TorqueLimit, Get(StsRegisters.MaxTorque));
        Set(StsRegisters.Lock, 1);
        (latched, overloadedSeconds, isProtecting) = (StsStatus.None, 0, false);
    }

    public override double Step(double position, double velocity, double volts, double seconds)
    {
        var goal = Setup.RadiansOf(Bounded(Get(StsRegisters.GoalPosition), Get(StsRegisters.MinPosition), Get(StsRegisters.MaxPosition)) + Get(StsRegisters.Homing));
        var limit = Math.Min(Get(StsRegisters.TorqueLimit), Get(StsRegisters.MaxTorque)) * StsRegisters.TorqueLimit.Scale;
        if (isProtecting) limit = Math.Min(limit, Get(StsRegisters.ProtectiveTorque) * StsRegisters.ProtectiveTorque.Scale);
        var torque = Drive.Decide(goal, Math.Abs(Get(StsRegisters.GoalSpeed)) * StsRegisters.GoalSpeed.Scale, limit, volts, position, velocity, seconds);
        Drive.Warm(seconds);
        Sense(position, velocity, volts);
        Protect(seconds);
        return Drive.IsOn ? torque : 0;
    }

    public override void Sense(double position, double velocity, double volts)
    {
        var counts = (int)Math.Round(Setup.CountsOf(position)) - (int)Get(StsRegisters.Homing);
        Set(StsRegisters.Position, ((counts % EmulatedServo.CountsPerTurn) + EmulatedServo.CountsPerTurn) % EmulatedServo.CountsPerTurn);
        Set(StsRegisters.Speed, Bounded(Setup.Direction * velocity / StsRegisters.Speed.Scale, 32767));
        Set(StsRegisters.Load, Bounded(Setup.Direction * Drive.Load / StsRegisters.Load.Scale, 1000));
        Set(StsRegisters.Current, Bounded(Setup.Direction * Drive.Amperes / StsRegisters.Current.Scale, 32767));
        Set(StsRegisters.Voltage, Bounded(volts / StsRegisters.Voltage.Scale, 255));
        Set(StsRegisters.Temperature, Bounded(Math.Max(0, Drive.Celsius), 255));
        Set(StsRegisters.Moving, Math.Abs(velocity) > 0.02 ? 1 : 0);
        Set(StsRegisters.Torque, Drive.IsOn ? 1 : 0);
    }

    private void Protect(double seconds)
    {
        var now = StsStatus.None;
        if (Get(StsRegisters.Voltage) > Get(StsRegisters.MaxVoltage) || Get(StsRegisters.Voltage) < Get(StsRegisters.MinVoltage)) now |= StsStatus.Voltage;
        if (Get(StsRegisters.Temperature) > Get(StsRegisters.MaxTemperature)) now |= StsStatus.Temperature;
        if (Math.Abs(Get(StsRegisters.Current)) > Get(StsRegisters.ProtectionCurrent)) now |= StsStatus.Current;

        overloadedSeconds = Drive.IsOn && Math.Abs(Drive.Load) * 100 >= Get(StsRegisters.OverloadTorque) ? overloadedSeconds + seconds : 0;
        if (overloadedSeconds > Get(StsRegisters.ProtectionTime) * StsRegisters.ProtectionTime.Scale) latched |= StsStatus.Load;

        Set(StsRegisters.Status, (long)(now | latched));
        isProtecting = latched.HasFlag(StsStatus.Load);

        // Overload is answered with the protective torque; what else the condition names, with letting go.
        if (((byte)(now & ~StsStatus.Load) & Get(StsRegisters.UnloadCondition)) == 0) return;
        Drive.SwitchOff();
        Set(StsRegisters.Torque, 0);
    }

    private void WriteByte(int address, byte value, double position)
    {
        if (address == StsRegisters.Torque.Address)
        {
            SwitchTorque(value, position);
            return;
        }

        Table[address] = value;
        if (address < EepromLength && Get(StsRegisters.Lock) == 0) Eeprom[address] = value;
    }

    private void SwitchTorque(byte value, double position)
    {
        if (value == 128)
        {
            // Where it is becomes the middle.
            Preset(StsRegisters.Homing, Math.Clamp((int)Math.Round(Setup.CountsOf(position)) - 2048, -2047, 2047));
            return;
        }

        if (value == 1 && !Drive.IsOn) Drive.SwitchOn(position);
        if (value != 1) Drive.SwitchOff();
        if (value == 0) latched = StsStatus.None;
        Table[StsRegisters.Torque.Address] = value;
    }

    private static bool IsReadOnly(int address) => address < StsRegisters.Id.Address || address >= StsRegisters.Position.Address;

    // Not Clamp: noise can write a least that is above the most.
    private static long Bounded(long value, long least, long most) => Math.Min(Math.Max(value, least), most);

    private static long Bounded(double value, int most) => (long)Math.Round(Math.Clamp(value, -most, most));
}
