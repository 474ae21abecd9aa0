using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>
/// A group's wishes in the words of X series servos. Their bus watchdog is armed with every torque: a stalled host leaves an arm that has stopped. In the group, torque limit is the goal PWM.
/// </summary>
public sealed class DynamixelDialect(DynamixelBus bus) : IServoDialect
{
    // Profile velocity (112) to temperature (146).
    private const ushort First = 112;
    private const ushort Length = 35;

    // Torque enable (64) to bus watchdog (98): what is looked at where something is strange.
    private const ushort CareFirst = 64;
    private const ushort CareLength = 35;

    // Goal PWM (100) to goal position (119).
    private const ushort HoldFirst = 100;
    private const ushort HoldLength = 20;

    private const int GoalLength = 4;

    private readonly Known?[] known = new Known?[DynamixelWire.LastId + 1];
    private byte[] blocks = [];
    private byte[] data = [];
    private bool[] answered = [];
    private bool[] alerts = [];

    public BusStatistics Statistics => bus.Statistics;

    public bool HasWatchdog => true;

    public string WhatHelps => "Park or support the arm, remove the cause, and reboot the servo: its torque drops until it is switched on again.";

    public void SendGoals(ReadOnlySpan<RawGoal> goals)
    {
        Grow(goals.Length);
        var length = 0;
        foreach (var goal in goals)
        {
            blocks[length++] = goal.Id;
            XSeriesRegisters.GoalPosition.Encode(goal.Counts, blocks.AsSpan(length));
            length += GoalLength;
            if (known[goal.Id] is { } servo) servo.Goal = goal.Counts;
        }

        bus.SyncWrite((ushort)XSeriesRegisters.GoalPosition.Address, GoalLength, blocks.AsSpan(0, length));
    }

    public void ReadAll(ReadOnlySpan<byte> ids, Span<RawState> states)
    {
        Grow(ids.Length);
        bus.SyncRead(First, Length, ids, data, answered.AsSpan(0, ids.Length), alerts);
        for (var i = 0; i < ids.Length; i++) states[i] = answered[i] ? ToState(ids[i], data.AsSpan(i * Length, Length), alerts[i]) : default;
    }

    public RawState Read(byte id)
    {
        Span<byte> registers = stackalloc byte[Length];
        bus.Read(id, First, registers);
        LookAt(id);
        return ToState(registers, known[id]!);
    }

    public void Arm(byte id)
    {
        // If it resumed an old goal when the watchdog is cleared, then slowly: the profile is no goal, so it can be written before.
        bus.Write(id, XSeriesRegisters.ProfileVelocity, 1);
        bus.ArmWatchdog(id);
    }

    public void WriteHold(byte id, HoldSettings hold)
    {
        var velocity = hold.CountsPerSecond * Math.Tau / 4096 / XSeriesRegisters.ProfileVelocity.Scale;
        bus.Write(id, XSeriesRegisters.GoalPwm, (long)Math.Round(hold.TorqueLimit / XSeriesRegisters.GoalPwm.Scale));

        // Velocity and goal lie side by side: one frame. 0 would be as fast as it can.
        Span<byte> registers = stackalloc byte[8];
        XSeriesRegisters.ProfileVelocity.Encode(Math.Clamp((long)Math.Round(velocity), 1, 32767), registers);
        XSeriesRegisters.GoalPosition.Encode(hold.GoalCounts, registers[4..]);
        bus.Write(id, (ushort)XSeriesRegisters.ProfileVelocity.Address, registers);
        if (known[id] is { } servo) servo.Goal = hold.GoalCounts;
    }

    public void Repair(byte id, HoldSettings? hold)
    {
        // Its torque limit is not in the cycle, so that only a torque that nobody switched on is left to put right.
        if (hold is null) bus.TryWrite(id, (ushort)XSeriesRegisters.Torque.Address, [0]);
    }

    public void ClearFault(byte id)
    {
        bus.Reboot(id);
        known[id] = null;
    }

    public double ReadTemperatureLimit(byte id) => bus.Read(id, XSeriesRegisters.TemperatureLimit) * XSeriesRegisters.TemperatureLimit.Scale;

    public double ReadReturnDelay(byte id) => bus.Read(id, XSeriesRegisters.ReturnDelay) * XSeriesRegisters.ReturnDelay.Scale;

    public HoldSettings ReadHold(byte id)
    {
        Span<byte> registers = stackalloc byte[HoldLength];
        bus.Read(id, HoldFirst, registers);
        var velocity = XSeriesRegisters.ProfileVelocity.Decode(registers[(XSeriesRegisters.ProfileVelocity.Address - HoldFirst)..]);
        return new(
            (int)XSeriesRegisters.GoalPosition.Decode(registers[(XSeriesRegisters.GoalPosition.Address - HoldFirst)..]),
            velocity * XSeriesRegisters.ProfileVelocity.Scale * 4096 / Math.Tau,
            XSeriesRegisters.GoalPwm.Decode(registers) * XSeriesRegisters.GoalPwm.Scale);
    }

    public void WriteTorque(byte id, bool on) => bus.Write(id, XSeriesRegisters.Torque, on ? 1 : 0);

    public void BroadcastTorqueOff() => bus.Broadcast((ushort)XSeriesRegisters.Torque.Address, [0]);

    private RawState ToState(byte id, ReadOnlySpan<byte> registers, bool isAlert)
    {
        // Torque and errors are far from the rest, and twice the bytes: asked only where they may have changed. A profile velocity of 0 is what a restart leaves; the group never writes it.
        var goal = (int)At(registers, XSeriesRegisters.GoalPosition);
        var isStrange = known[id] is not { } servo || servo.Flags != ServoFlags.None || (servo.TorqueOn && (servo.Goal != goal || At(registers, XSeriesRegisters.ProfileVelocity) == 0));
        if (isAlert || isStrange) LookAtOnce(id);
        return known[id] is { } now ? ToState(registers, now) : default;
    }

    private void LookAtOnce(byte id)
    {
        Span<byte> registers = stackalloc byte[CareLength];
        if (bus.TryRead(id, CareFirst, registers)) Remember(id, registers);
    }

    private void LookAt(byte id)
    {
        Span<byte> registers = stackalloc byte[CareLength];
        bus.Read(id, CareFirst, registers);
        Remember(id, registers);
    }

    private void Remember(byte id, ReadOnlySpan<byte> registers)
    {
        var servo = known[id] ??= new Known();
        var tripped = XSeriesRegisters.BusWatchdog.Decode(registers[(XSeriesRegisters.BusWatchdog.Address - CareFirst)..]) < 0;
        servo.TorqueOn = registers[0] != 0;
        servo.Flags = ((HardwareErrors)registers[XSeriesRegisters.HardwareError.Address - CareFirst]).Flags() | (tripped ? ServoFlags.WatchdogTripped : ServoFlags.None);
    }

    private RawState ToState(ReadOnlySpan<byte> registers, Known servo) => new(
        Answered: true,
        (int)At(registers, XSeriesRegisters.Position),
        At(registers, XSeriesRegisters.Velocity) * XSeriesRegisters.Velocity.Scale * 4096 / Math.Tau,
        At(registers, XSeriesRegisters.Current) * bus.Options.AmperesPerCount,
        At(registers, XSeriesRegisters.Pwm) * XSeriesRegisters.Pwm.Scale,
        At(registers, XSeriesRegisters.Voltage) * XSeriesRegisters.Voltage.Scale,
        At(registers, XSeriesRegisters.Temperature),
        servo.Flags,
        (int)At(registers, XSeriesRegisters.GoalPosition),
        servo.TorqueOn,
        double.NaN);

    private static long At(ReadOnlySpan<byte> registers, Register register) => register.Decode(registers[(register.Address - First)..]);

    private void Grow(int servos)
    {
        if (answered.Length >= servos) return;
        blocks = new byte[servos * (GoalLength + 1)];
        data = new byte[servos * Length];
        answered = new bool[servos];
        alerts = new bool[servos];
    }

    /// <summary>What was last seen of the registers that are not in every cycle.</summary>
    private sealed class Known
    {
        public bool TorqueOn { get; set; }

        public ServoFlags Flags { get; set; }

        public int? Goal { get; set; }
    }
}
