using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>
/// A group's wishes in the words of STS servos. They have no watchdog: each goal carries the speed at which it is reached in two periods, so that a stalled host leaves an arm at rest (spec, Feetech STS).
/// </summary>
public sealed class FeetechDialect(FeetechBus bus) : IServoDialect
{
    // Torque (40) to current (70) in one read: also what bounds the servo, so that a write that nobody sent is seen in the next cycle.
    private const byte First = 40;
    private const byte Length = 31;

    // Goal, time and speed.
    private const byte GoalLength = 6;

    // And the torque limit. One frame: there is no moment at which the goal is new and the limits are old.
    private const int HoldLength = 8;

    private byte[] blocks = [];
    private byte[] data = [];
    private bool[] answered = [];
    private StsStatus[] errors = [];

    public BusStatistics Statistics => bus.Statistics;

    public bool HasWatchdog => false;

    public string WhatHelps => "Let it cool down or take away what it carries; an overload is forgotten when its torque is switched off.";

    public void SendGoals(ReadOnlySpan<RawGoal> goals)
    {
        Grow(goals.Length);
        var length = 0;
        foreach (var goal in goals)
        {
            blocks[length++] = goal.Id;
            PutGoal(blocks.AsSpan(length), goal.Counts, goal.CountsPerSecond);
            length += GoalLength;
        }

        bus.SyncWrite((byte)StsRegisters.GoalPosition.Address, GoalLength, blocks.AsSpan(0, length));
    }

    public void ReadAll(ReadOnlySpan<byte> ids, Span<RawState> states)
    {
        Grow(ids.Length);
        bus.SyncRead(First, Length, ids, data, answered.AsSpan(0, ids.Length), errors);
        for (var i = 0; i < ids.Length; i++) states[i] = answered[i] ? ToState(data.AsSpan(i * Length, Length)) : default;
    }

    public RawState Read(byte id)
    {
        Span<byte> registers = stackalloc byte[Length];
        bus.Read(id, First, registers);
        return ToState(registers);
    }

    public void Arm(byte id)
    {
    }

    public void WriteHold(byte id, HoldSettings hold)
    {
        Span<byte> registers = stackalloc byte[HoldLength];
        PutHold(registers, hold);
        bus.Write(id, (byte)StsRegisters.GoalPosition.Address, registers);
    }

    public void Repair(byte id, HoldSettings? hold)
    {
        if (hold is not { } wanted)
        {
            bus.TryWrite(id, (byte)StsRegisters.Torque.Address, [0]);
            return;
        }

        Span<byte> registers = stackalloc byte[HoldLength];
        PutHold(registers, wanted);
        bus.TryWrite(id, (byte)StsRegisters.GoalPosition.Address, registers);
    }

    public void ClearFault(byte id) => WriteTorque(id, false);

    public double ReadTemperatureLimit(byte id) => bus.ReadTwice(id, StsRegisters.MaxTemperature) * StsRegisters.MaxTemperature.Scale;

    public double ReadReturnDelay(byte id) => bus.ReadTwice(id, StsRegisters.ReturnDelay) * StsRegisters.ReturnDelay.Scale;

    public HoldSettings ReadHold(byte id)
    {
        Span<byte> registers = stackalloc byte[HoldLength];
        bus.Read(id, (byte)StsRegisters.GoalPosition.Address, registers);
        return new((int)StsRegisters.GoalPosition.Decode(registers), StsRegisters.GoalSpeed.Decode(registers[4..]), StsRegisters.TorqueLimit.Decode(registers[6..]) * StsRegisters.TorqueLimit.Scale);
    }

    public void WriteTorque(byte id, bool on) => bus.Write(id, StsRegisters.Torque, on ? 1 : 0);

    public void BroadcastTorqueOff() => bus.Broadcast((byte)StsRegisters.Torque.Address, [0]);

    private static void PutHold(Span<byte> registers, HoldSettings hold)
    {
        PutGoal(registers, hold.GoalCounts, hold.CountsPerSecond);
        StsRegisters.TorqueLimit.Encode((long)Math.Round(hold.TorqueLimit / StsRegisters.TorqueLimit.Scale), registers[6..]);
    }

    private static void PutGoal(Span<byte> registers, int counts, double countsPerSecond)
    {
        StsRegisters.GoalPosition.Encode(counts, registers);
        StsRegisters.GoalTime.Encode(0, registers[2..]);

        // 0 would be as fast as it can.
        StsRegisters.GoalSpeed.Encode(Math.Clamp((long)Math.Round(countsPerSecond), 1, 32767), registers[4..]);
    }

    private static RawState ToState(ReadOnlySpan<byte> registers) => new(
        Answered: true,
        (int)At(registers, StsRegisters.Position),
        At(registers, StsRegisters.Speed),
        At(registers, StsRegisters.Current) * StsRegisters.Current.Scale,
        At(registers, StsRegisters.Load) * StsRegisters.Load.Scale,
        At(registers, StsRegisters.Voltage) * StsRegisters.Voltage.Scale,
        At(registers, StsRegisters.Temperature),
        ((StsStatus)At(registers, StsRegisters.Status)).Flags(),
        (int)At(registers, StsRegisters.GoalPosition),
        At(registers, StsRegisters.Torque) != 0,
        At(registers, StsRegisters.TorqueLimit) * StsRegisters.TorqueLimit.Scale);

    private static long At(ReadOnlySpan<byte> registers, Register register) => register.Decode(registers[(register.Address - First)..]);

    private void Grow(int servos)
    {
        if (answered.Length >= servos) return;
        blocks = new byte[servos * (GoalLength + 1)];
        data = new byte[servos * Length];
        answered = new bool[servos];
        errors = new StsStatus[servos];
    }
}
