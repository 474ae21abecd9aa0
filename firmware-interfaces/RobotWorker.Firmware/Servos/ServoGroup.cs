using System.Collections.Immutable;

namespace RobotWorker.Firmware.Servos;

/// <summary>The servos of an arm over any dialect: it refuses goals that lie too far ahead, believes only what can be, and puts right what the host never wrote.</summary>
public sealed class ServoGroup : IServoBus
{
    private readonly IServoDialect dialect;
    private readonly IDisposable? link;
    private readonly TorqueSwitch torque;
    private readonly GoalGate gate;
    private readonly ServoTrack[] tracks;
    private readonly byte[] ids;
    private readonly RawState[] answers;
    private readonly RawGoal[] outgoing;

    /// <exception cref="ArgumentException">Calibrations or options contradict themselves, or two servos have one id.</exception>
    /// <param name="link">What is closed with the group, where it owns its link.</param>
    public ServoGroup(IServoDialect dialect, ImmutableArray<ServoCalibration> servos, ServoBusOptions? options = null, IDisposable? link = null)
    {
        this.dialect = dialect;
        this.link = link;
        options ??= new ServoBusOptions();
        options.Validate();
        foreach (var servo in servos) servo.Validate();
        if (servos.GroupBy(servo => servo.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"id {twice.Key} belongs to {string.Join(" and ", twice.Select(servo => servo.Name))}; give each servo an id of its own", nameof(servos));

        Servos = servos;
        torque = new TorqueSwitch(dialect, options, Feed);
        gate = new GoalGate(options);
        tracks = [.. servos.Select(servo => new ServoTrack(servo, options, dialect.Statistics))];
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

    public void SafeTorqueOn(int servo) => torque.On(tracks[servo]);

    public void TorqueOff(int servo) => torque.Off(tracks[servo]);

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

    // A register that nobody set, or noise, must not make an arm park that is cool, nor let one burn.
    public double? LetsGoAtCelsius(int servo) => dialect.ReadTemperatureLimit(tracks[servo].Servo.Id) is >= 40 and <= 100 and var celsius ? celsius : null;

    public double ReturnDelaySeconds(int servo) => dialect.ReadReturnDelay(tracks[servo].Servo.Id);

    public void SetTorqueLimit(int servo, double fraction)
    {
        if (fraction is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "a torque limit is above 0 and at most 1");
        tracks[servo].TorqueLimit = fraction;
        torque.Limit(tracks[servo]);
    }

    public void Dispose() => link?.Dispose();

    /// <summary>Switching one servo on takes longer than the watchdogs of those that are on already wait.</summary>
    private void Feed()
    {
        if (dialect.HasWatchdog && tracks.Any(track => track.IsOn)) dialect.ReadAll(ids, answers);
    }

    private ServoBusException? Gather(ReadOnlySpan<double> goalsRadians, out int count)
    {
        if (goalsRadians.Length != tracks.Length) throw new ArgumentException($"{tracks.Length} servos need as many goals, not {goalsRadians.Length}", nameof(goalsRadians));
        count = 0;
        for (var i = 0; i < tracks.Length; i++)
        {
            if (tracks[i] is not { IsOn: true, SentCounts: { } sent }) continue;
            if (double.IsNaN(goalsRadians[i])) outgoing[count] = gate.Hold(tracks[i], sent);
            else if (gate.Check(tracks[i], goalsRadians[i], out outgoing[count]) is { } refusal) return refusal;
            count++;
        }

        return null;
    }

    private void GatherHold(out int count)
    {
        count = 0;
        foreach (var track in tracks)
        {
            if (track is not { IsOn: true, SentCounts: { } sent }) continue;
            outgoing[count++] = gate.Hold(track, sent);
        }
    }

    private ServoFlags PutRight(ServoTrack track, in RawState answer)
    {
        var flags = ServoFlags.None;
        if (track.IsOn && !answer.TorqueOn)
        {
            // One such answer may be a passed checksum.
            if (++track.OffFor < 2) return flags;

            // It must not be switched on again without asking where it is.
            (track.IsOn, track.SentCounts, track.WasOff) = (false, null, true);
            flags |= ServoFlags.TorqueLost;
        }
        else if (!answer.TorqueOn)
        {
            // Nor is one such answer enough to take what holds for what came on by itself.
            if (++track.OffFor < 2) return flags;
            track.WasOff = true;
        }
        else if (track is { IsOn: false, WasOff: true })
        {
            // Torque that came on by itself goes off. What held its load before this host came is left alone: it would fall.
            dialect.Repair(track.Servo.Id, null);
            flags |= Repaired();
        }

        track.OffFor = 0;
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
            dialect.Repair(track.Servo.Id, torque.WorkingHold(track, sent));
            flags |= Repaired();
        }

        return flags;
    }

    private ServoFlags Repaired()
    {
        Statistics.Repairs++;
        return ServoFlags.Tampered;
    }
}
