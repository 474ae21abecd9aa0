namespace RobotWorker.Firmware.Servos;

/// <summary>What a make of servos says on its wire, for <see cref="ServoGroup"/>, which decides what is to be said.</summary>
public interface IServoDialect
{
    BusStatistics Statistics { get; }

    /// <summary>What a person does about a fault that the servo has latched.</summary>
    string WhatHelps { get; }

    /// <summary>Whether its servos stop by themselves when they hear nothing; <see cref="ReadAll"/> is something that all of them hear.</summary>
    bool HasWatchdog { get; }

    /// <summary>One broadcast; nobody answers.</summary>
    void SendGoals(ReadOnlySpan<RawGoal> goals);

    /// <summary>One transaction for all; who does not answer has <see cref="RawState.Answered"/> false.</summary>
    void ReadAll(ReadOnlySpan<byte> ids, Span<RawState> states);

    /// <summary>One servo, tried again where it does not answer.</summary>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    RawState Read(byte id);

    /// <summary>Makes the servo take goals again after its watchdog tripped, and arms the watchdog where there is one.</summary>
    void Arm(byte id);

    /// <summary>Where it will go, how fast and how hard. Does not touch the torque.</summary>
    void WriteHold(byte id, HoldSettings hold);

    HoldSettings ReadHold(byte id);

    /// <summary>Switches the torque. Without <see cref="WriteHold"/> before, the servo jumps to an old goal.</summary>
    void WriteTorque(byte id, bool on);

    /// <summary>Puts right within a control cycle what nobody sent: one try, since a cycle has no time for more and the next looks again.</summary>
    /// <param name="hold">What it shall hold; null: its torque goes off.</param>
    void Repair(byte id, HoldSettings? hold);

    /// <summary>Makes a servo forget a fault that it has latched. Its torque drops.</summary>
    void ClearFault(byte id);

    /// <summary>degC at which the servo switches its torque off by itself.</summary>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    double ReadTemperatureLimit(byte id);

    /// <summary>Seconds that the servo waits before it answers.</summary>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    double ReadReturnDelay(byte id);

    /// <summary>Switches all torque off with one broadcast; nobody answers.</summary>
    void BroadcastTorqueOff();
}
