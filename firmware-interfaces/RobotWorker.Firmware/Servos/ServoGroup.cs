using System.Collections.Immutable;

namespace RobotWorker.Firmware.Servos;

/// <summary>The servos of an arm over any dialect: it refuses goals that lie too far ahead, believes only what can be, and puts right what the host never wrote.</summary>
public sealed class ServoGroup : IServoBus
{
    private readonly IServoDialect dialect;
    private readonly ServoBusOptions options;
    private readonly ServoTrack[] tracks;
    private readonly byte[] ids;
    private readonly RawState[] answers;
    private readonly RawGoal[] outgoing;

    /// <exception cref="ArgumentException">Calibrations or options contradict themselves, or two servos have one id.</exception>
    public ServoGroup(IServoDialect dialect, ImmutableArray<ServoCalibration> servos, ServoBusOptions? options = null)
    {
        this.dialect = dialect;
        this.options = options ?? new ServoBusOptions();
        this.options.Validate();
        foreach (var servo in servos) servo.Validate();
        if (servos.GroupBy(servo => servo.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"id {twice.Key} belongs to {string.Join(" and ", twice.Select(servo => servo.Name))}; give each servo an id of its own", nameof(servos));

        Servos = servos;
        tracks = [.. servos.Select(servo => new ServoTrack(servo, this.options, dialect.Statistics))];
        ids = [.. servos.Select(servo => servo.Id)];
        answers = new RawState[servos.Length];
        outgoing = new RawGoal[servos.Length];
    }

    public ImmutableArray<ServoCalibration> Servos { get; }

    public BusStatistics Statistics => dialect.Statistics;

    public void Cycle(ReadOnlySpan<double> goalsRadians, Span<ServoState> states)
    {
        // A refused goal must not leave the servos to what noise or another host may have told them: they are told to hold.
        var refusal = Gather(goalsRadians, out var count);
        if (refusal is not null) GatherHold(out count);
        foreach (var goal in outgoing.AsSpan(0, count)) tracks[Array.IndexOf(ids, goal.Id)].SentCounts = goal.Counts;
        if (count > 0) dialect.SendGoals(outgoing.AsSpan(0, count));
        ReadStates(states);
        if (refusal is not null) throw refusal;
    }

    public void ReadStates(Span<ServoState> states)
    {
        dialect.ReadAll(ids, answers);
        for (var i = 0; i < tracks.Length; i++)
        {
            var state = tracks[i].Take(answers[i]);
            states[i] = state.IsFresh ? state with { Flags = state.Flags | PutRight(tracks[i], answers[i]) } : state;
        }
    }

    public void SafeTorqueOn(int servo)
    {
        var track = tracks[servo];
        var id = track.Servo.Id;
        var before = StandsStill(track);
        if ((before.Flags & ServoFlagsText.OwnFaults) is not ServoFlags.None and var fault)
            throw Failure(ServoFailure.Faulted, track, $"reports {fault.Text()}; its torque stays as it is. {dialect.WhatHelps}");

        var hold = new HoldSettings(before.PositionCounts, options.LowRadiansPerSecond / track.Servo.RadiansPerCount, options.LowTorque);
        dialect.Arm(id);
        WriteVerified(track, hold);

        // What carries no torque may fall between the read and here: then the goal would be a jump.
        var now = StandsStill(track);
        if (!IsStill(track, before.PositionCounts, now.PositionCounts))
            throw Failure(ServoFailure.Moving, track, $"moved from {before.PositionCounts} to {now.PositionCounts} counts while its torque was to be switched on; it stays off. Support the arm and try again.");

        dialect.WriteTorque(id, true);
        if (!dialect.Read(id).TorqueOn) throw Failure(ServoFailure.NotVerified, track, "says that its torque is off after it was switched on; it is left so. Look at its supply and its errors.");

        // With little torque it may sag under its load: it holds where it is now, and only then with all its strength.
        (track.IsOn, track.SentCounts, track.WasOff) = (true, hold.GoalCounts, false);
        var settled = ReadAgreeing(track);
        track.Anchor(settled);
        track.SentCounts = settled.PositionCounts;
        WriteVerified(track, hold with { GoalCounts = settled.PositionCounts });
        WriteVerified(track, WorkingHold(track, settled.PositionCounts));
    }

    public void TorqueOff(int servo)
    {
        var track = tracks[servo];
        track.IsOn = false;
        track.SentCounts = null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            dialect.WriteTorque(track.Servo.Id, false);
            if (dialect.Read(track.Servo.Id).TorqueOn) continue;
            track.WasOff = true;
            return;
        }

        throw Failure(ServoFailure.NotVerified, track, "keeps its torque on though it was told three times to let go; cut its supply.");
    }

    public void AllTorqueOff()
    {
        // The broadcast reaches those too that will not answer below.
        dialect.BroadcastTorqueOff();
        List<ServoBusException>? failures = null;
        for (var i = 0; i < tracks.Length; i++)
        {
            try
            {
                TorqueOff(i);
            }
            catch (ServoBusException exception)
            {
                (failures ??= []).Add(exception);
            }
        }

        if (failures is not null) throw failures is [var only] ? only : new ServoBusException(failures[0].Failure, null, string.Join(" ", failures.Select(failure => failure.Message)));
    }

    public void ClearFault(int servo)
    {
        var track = tracks[servo];
        (track.IsOn, track.SentCounts) = (false, null);
        dialect.ClearFault(track.Servo.Id);
    }

    public void SetTorqueLimit(int servo, double fraction)
    {
        if (fraction is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "a torque limit is above 0 and at most 1");
        var track = tracks[servo];
        track.TorqueLimit = fraction;
        if (track is { IsOn: true, SentCounts: { } goal }) WriteVerified(track, WorkingHold(track, goal));
    }

    private ServoBusException? Gather(ReadOnlySpan<double> goalsRadians, out int count)
    {
        if (goalsRadians.Length != tracks.Length) throw new ArgumentException($"{tracks.Length} servos need as many goals, not {goalsRadians.Length}", nameof(goalsRadians));
        count = 0;
        for (var i = 0; i < tracks.Length; i++)
        {
            if (!tracks[i].IsOn || double.IsNaN(goalsRadians[i])) continue;
            if (Check(tracks[i], goalsRadians[i], out outgoing[count]) is { } refusal) return refusal;
            count++;
        }

        return null;
    }

    // Each holds its last goal; who was carried far from it, where it is.
    private void GatherHold(out int count)
    {
        count = 0;
        foreach (var track in tracks)
        {
            if (track is not { IsOn: true, SentCounts: { } sent }) continue;
            var isFar = track.BlindFor == 0 && Lead(track, sent) > options.MaxLeadRadians;
            outgoing[count++] = isFar ? Stopped(track) : Streamed(track, sent);
        }
    }

    // With speed: the servo's own setpoint may have run ahead of it, and shall come back at once.
    private RawGoal Stopped(ServoTrack track) => new(
        track.Servo.Id, Math.Clamp(track.PositionCounts, track.Servo.MinCounts, track.Servo.MaxCounts), options.MaxRadiansPerSecond / track.Servo.RadiansPerCount);

    private ServoBusException? Check(ServoTrack track, double radians, out RawGoal goal)
    {
        goal = default;
        var servo = track.Servo;
        if (track.BlindFor >= options.BlindCycles)
            return Failure(ServoFailure.Blind, track, $"has not been heard of for {track.BlindFor} cycles; all were told to hold. Look at its cable and supply,.");

        // 0.1 count: the range's ends are angles too, and rounding is no reason to refuse them.
        var counts = double.IsFinite(radians) ? servo.ZeroCounts + (servo.Direction * radians / servo.RadiansPerCount) : double.NaN;
        if (!(counts >= servo.MinCounts - 0.1 && counts <= servo.MaxCounts + 0.1))
            return Failure(ServoFailure.GoalOutOfRange, track, $"may go from {servo.MinRadians:0.###} to {servo.MaxRadians:0.###} rad, not to {radians:0.###}; all were told to hold.");

        goal = Streamed(track, (int)Math.Round(counts));
        var lead = Lead(track, goal.Counts);
        if (lead > options.MaxLeadRadians)
        {
            var at = servo.RadiansOf(track.PositionCounts);
            return Failure(ServoFailure.GoalTooFar, track, $"is at {at:0.###} rad and the goal {radians:0.###} is {lead:0.###} ahead of it, beyond {options.MaxLeadRadians:0.###}; all were told to hold. Start from where it is.");
        }

        return null;
    }

    private static double Lead(ServoTrack track, int counts) => Math.Abs(counts - track.PositionCounts) * track.Servo.RadiansPerCount;

    // The goal is never the end point: if the host stalls, the servo is at rest two periods later.
    private RawGoal Streamed(ServoTrack track, int counts)
    {
        // One fifth of the low speed at least: a speed of 0 means as fast as it can to some servos.
        var speed = Math.Clamp(Lead(track, counts) / (options.LeadPeriods * options.PeriodSeconds), options.LowRadiansPerSecond / 5, options.MaxRadiansPerSecond);
        return new RawGoal(track.Servo.Id, counts, speed / track.Servo.RadiansPerCount);
    }

    private ServoFlags PutRight(ServoTrack track, in RawState answer)
    {
        var flags = ServoFlags.None;
        if (track is { IsOn: true } && !answer.TorqueOn)
        {
            // It must not be switched on again without asking where it is.
            (track.IsOn, track.SentCounts, track.WasOff) = (false, null, true);
            flags |= ServoFlags.TorqueLost;
        }
        else if (!answer.TorqueOn)
        {
            track.WasOff = true;
        }
        else if (track is { IsOn: false, WasOff: true })
        {
            // Torque that came on by itself goes off. What held its load before this host came is left alone: it would fall.
            dialect.Repair(track.Servo.Id, null);
            flags |= Repaired();
        }

        if (track is not { IsOn: true, SentCounts: { } sent }) return flags;
        if (answer.GoalCounts != sent)
        {
            // One from before: what was sent last got lost. Another: it was never sent.
            if (track.WasSent(answer.GoalCounts)) Statistics.LostGoals++;
            else Statistics.ForeignGoals++;
            flags |= ServoFlags.GoalDiffers;
        }

        if (Math.Abs(answer.TorqueLimit - track.TorqueLimit) > 0.005)
        {
            dialect.Repair(track.Servo.Id, WorkingHold(track, sent));
            flags |= Repaired();
        }

        return flags;
    }

    private ServoFlags Repaired()
    {
        Statistics.Repairs++;
        return ServoFlags.Tampered;
    }

    private HoldSettings WorkingHold(ServoTrack track, int goal) => new(goal, options.MaxRadiansPerSecond / track.Servo.RadiansPerCount, track.TorqueLimit);

    private RawState StandsStill(ServoTrack track)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var state = ReadAgreeing(track);
            if (Math.Abs(state.CountsPerSecond) * track.Servo.RadiansPerCount <= options.StillRadiansPerSecond) return state;
        }

        throw Failure(ServoFailure.Moving, track, "moves while its torque was to be switched on; it stays as it is. Support the arm and try again.");
    }

    // Two reads that can be, and agree: one alone may be a passed checksum. The flags are those that both tell.
    private RawState ReadAgreeing(ServoTrack track)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var first = dialect.Read(track.Servo.Id);
            var second = dialect.Read(track.Servo.Id);
            if (Plausibility.CanBe(first, track.Servo) && Plausibility.CanBe(second, track.Servo) && IsStill(track, first.PositionCounts, second.PositionCounts))
                return second with { Flags = first.Flags & second.Flags };
        }

        throw Failure(ServoFailure.NotVerified, track, "gives answers that contradict one another or its calibrated range; its torque stays as it is. Look at its calibration and the cable.");
    }

    private bool IsStill(ServoTrack track, int before, int now) => Math.Abs(now - before) * track.Servo.RadiansPerCount <= options.StillRadians;

    private void WriteVerified(ServoTrack track, HoldSettings wanted)
    {
        HoldSettings held = default;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            dialect.WriteHold(track.Servo.Id, wanted);
            held = dialect.ReadHold(track.Servo.Id);
            if (held.Matches(wanted)) return;
        }

        throw Failure(ServoFailure.NotVerified, track, $"was told {wanted} and says {held} after three tries; its torque stays as it is. Another host on the bus, a locked register, or a bad cable.");
    }

    private static ServoBusException Failure(ServoFailure failure, ServoTrack track, string what) => new(failure, track.Servo.Id, $"servo {track.Servo.Id} ('{track.Servo.Name}') {what}");
}
