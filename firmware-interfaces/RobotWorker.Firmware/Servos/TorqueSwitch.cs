namespace RobotWorker.Firmware.Servos;

/// <summary>Switches torque so that nothing jumps: naively enabled, a servo goes to whatever goal its register holds.</summary>
/// <param name="feed">Between two looks at a servo: what the watchdogs of the others wait for.</param>
internal sealed class TorqueSwitch(IServoDialect dialect, ServoBusOptions options, Action feed)
{
    /// <summary>Position read, written as goal with low speed and torque, verified, and only then enabled.</summary>
    public void On(ServoTrack track)
    {
        var id = track.Servo.Id;
        if (HoldsAlready(track)) return;
        var before = StandsStill(track);
        if ((before.Flags & ServoFlagsText.OwnFaults) is not ServoFlags.None and var fault)
            throw track.Failure(ServoFailure.Faulted, $"reports {fault.Text()}; its torque stays as it is. {dialect.WhatHelps}");

        // One that its watchdog stopped bears its load: it keeps its strength.
        var hold = new HoldSettings(before.PositionCounts, options.LowRadiansPerSecond / track.Servo.RadiansPerCount, before.TorqueOn ? track.TorqueLimit : options.LowTorque);
        dialect.Arm(id);
        WriteVerified(track, hold);

        // What carries no torque may fall between the read and here: then the goal would be a jump.
        var now = StandsStill(track);
        if (!IsStill(track, before.PositionCounts, now.PositionCounts))
            throw track.Failure(ServoFailure.Moving, $"moved from {before.PositionCounts} to {now.PositionCounts} counts while its torque was to be switched on; it stays off. Support the arm and try again.");

        dialect.WriteTorque(id, true);
        if (!dialect.Read(id).TorqueOn) throw track.Failure(ServoFailure.NotVerified, "says that its torque is off after it was switched on; it is left so. Look at its supply and its errors.");

        // With little torque it may sag under its load: it holds where it is now, and only then with all its strength.
        (track.IsOn, track.SentCounts, track.WasOff) = (true, hold.GoalCounts, false);
        var settled = ReadAgreeing(track);
        track.Anchor(settled);
        track.SentCounts = settled.PositionCounts;
        WriteVerified(track, hold with { GoalCounts = settled.PositionCounts });
        WriteVerified(track, WorkingHold(track, settled.PositionCounts));
    }

    /// <summary>A servo that holds already, an earlier program's doing, goes on holding what it holds, as hard as it does: less torque or another goal would let its load sink, or what it grips fall.</summary>
    private bool HoldsAlready(ServoTrack track)
    {
        var state = ReadAgreeing(track);
        // One that its watchdog stopped stands where no goal of its is.
        if (!state.TorqueOn || state.Flags.HasFlag(ServoFlags.WatchdogTripped)) return false;
        if ((state.Flags & ServoFlagsText.OwnFaults) is not ServoFlags.None and var fault)
            throw track.Failure(ServoFailure.Faulted, $"holds and reports {fault.Text()}; it is left so. {dialect.WhatHelps}");
        var lead = Math.Abs(state.GoalCounts - state.PositionCounts) * track.Servo.RadiansPerCount;
        if (lead > options.MaxLeadRadians)
            throw track.Failure(ServoFailure.GoalTooFar, $"holds, {lead:0.###} rad away from its goal; it is left so. Support the arm and release it first.");
        if (track.IsOn) return true;
        dialect.Arm(track.Servo.Id);
        var held = dialect.ReadHold(track.Servo.Id);
        track.TorqueLimit = held.TorqueLimit;
        (track.IsOn, track.WasOff) = (true, false);
        track.Anchor(state);
        track.SentCounts = state.GoalCounts;
        return true;
    }

    public void Off(ServoTrack track)
    {
        track.IsOn = false;
        track.SentCounts = null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            dialect.WriteTorque(track.Servo.Id, false);
            if (dialect.Read(track.Servo.Id).TorqueOn) continue;
            track.WasOff = true;
            return;
        }

        throw track.Failure(ServoFailure.NotVerified, "keeps its torque on though it was told three times to let go; cut its supply.");
    }

    /// <summary>Tells the servo its torque limit anew, where its torque is on.</summary>
    public void Limit(ServoTrack track)
    {
        if (track is { IsOn: true, SentCounts: { } goal }) WriteVerified(track, WorkingHold(track, goal));
    }

    /// <summary>What a servo holds while it works: full speed, its own torque limit.</summary>
    public HoldSettings WorkingHold(ServoTrack track, int goal) => new(goal, options.MaxRadiansPerSecond / track.Servo.RadiansPerCount, track.TorqueLimit);

    private RawState StandsStill(ServoTrack track)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var state = ReadAgreeing(track);
            if (Math.Abs(state.CountsPerSecond) * track.Servo.RadiansPerCount <= options.StillRadiansPerSecond) return state;
        }

        throw track.Failure(ServoFailure.Moving, "moves while its torque was to be switched on; it stays as it is. Support the arm and try again.");
    }

    // Two reads that can be, and agree: one alone may be a passed checksum. The flags are those that both tell.
    private RawState ReadAgreeing(ServoTrack track)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            feed();
            var first = dialect.Read(track.Servo.Id);
            var second = dialect.Read(track.Servo.Id);
            if (Plausibility.CanBe(first, track.Servo) && Plausibility.CanBe(second, track.Servo) && IsStill(track, first.PositionCounts, second.PositionCounts))
                return second with { Flags = first.Flags & second.Flags };
        }

        throw track.Failure(ServoFailure.NotVerified, "gives answers that contradict one another or its calibrated range; its torque stays as it is. Look at its calibration and the cable.");
    }

    private bool IsStill(ServoTrack track, int before, int now) => Math.Abs(now - before) * track.Servo.RadiansPerCount <= options.StillRadians;

    private void WriteVerified(ServoTrack track, HoldSettings wanted)
    {
        HoldSettings held = default;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            feed();
            dialect.WriteHold(track.Servo.Id, wanted);
            held = dialect.ReadHold(track.Servo.Id);
            if (held.Matches(wanted)) return;
        }

        throw track.Failure(ServoFailure.NotVerified, $"was told {wanted} and says {held} after three tries; its torque stays as it is. Another host on the bus, a locked register, or a bad cable.");
    }
}
