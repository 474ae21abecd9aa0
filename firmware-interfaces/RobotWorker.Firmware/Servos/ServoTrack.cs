namespace RobotWorker.Firmware.Servos;

/// <summary>What is believed of one servo over the cycles, and why.</summary>
internal sealed class ServoTrack(ServoCalibration servo, ServoBusOptions options, BusStatistics statistics)
{
    private RawState believed;
    private RawState? doubted;
    private ServoFlags flagsBefore;

    // On a bad line a servo may hold a goal of a second ago.
    private readonly int[] recent = new int[128];
    private int? sent;
    private uint sends;

    public ServoCalibration Servo { get; } = servo;

    /// <summary>Whether any position was ever believed.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Cycles since the last reading that was believed.</summary>
    public int BlindFor { get; private set; }

    /// <summary>The last position believed.</summary>
    public int PositionCounts => believed.PositionCounts;

    /// <summary>Whether the host has switched the torque on.</summary>
    public bool IsOn { get; set; }

    /// <summary>Answers in a row that say that its torque is off, though it was switched on.</summary>
    public int OffFor { get; set; }

    /// <summary>Whether its torque has been seen off since.</summary>
    public bool WasOff { get; set; }

    /// <summary>The goal last sent, or null before the first.</summary>
    public int? SentCounts
    {
        get => sent;
        set
        {
            sent = value;
            if (value is { } goal) recent[sends++ % recent.Length] = goal;
        }
    }

    public double TorqueLimit { get; set; } = options.WorkingTorque;

    /// <summary>Takes a reading that was made for its own sake (twice, and agreeing): no need to compare it with an old one.</summary>
    public void Anchor(in RawState state)
    {
        Believe(state);
        flagsBefore = state.Flags;
    }

    /// <summary>Whether this was the goal in one of the last cycles.</summary>
    public bool WasSent(int goalCounts) => recent.AsSpan().Contains(goalCounts);

    /// <summary>Takes a cycle's answer.</summary>
    /// <returns>What is believed now. A servo's own faults are told when two answers in a row say them.</returns>
    public ServoState Take(in RawState state)
    {
        if (!state.Answered) return Doubt(ServoFlags.NoAnswer);
        if (!Plausibility.CanBe(state, Servo))
        {
            statistics.Implausible++;
            return Doubt(ServoFlags.Implausible);
        }

        if (IsKnown && !Plausibility.CanFollow(PositionCounts, state.PositionCounts, (BlindFor + 1) * options.PeriodSeconds, Servo, options) && !IsConfirmed(state))
        {
            statistics.Implausible++;
            doubted = state;
            return Doubt(ServoFlags.Implausible);
        }

        Believe(state);
        var confirmed = state.Flags & flagsBefore;
        flagsBefore = state.Flags;
        return ToState(confirmed, isFresh: true);
    }

    /// <summary>What went wrong with it, for people.</summary>
    public ServoBusException Failure(ServoFailure failure, string what) => new(failure, Servo.Id, $"servo {Servo.Id} ('{Servo.Name}') {what}");

    // Two answers in a row that agree with one another outweigh what was believed: the arm was moved while nobody looked.
    private bool IsConfirmed(in RawState state) =>
        doubted is { } before && Plausibility.CanFollow(before.PositionCounts, state.PositionCounts, options.PeriodSeconds, Servo, options);

    private void Believe(in RawState state)
    {
        believed = state;
        doubted = null;
        IsKnown = true;
        BlindFor = 0;
    }

    private ServoState Doubt(ServoFlags why)
    {
        BlindFor++;
        return ToState(why, isFresh: false);
    }

    private ServoState ToState(ServoFlags flags, bool isFresh) => new(
        IsKnown ? Servo.RadiansOf(believed.PositionCounts) : double.NaN, Servo.Direction * believed.CountsPerSecond * Servo.RadiansPerCount,
        believed.CurrentAmperes, Servo.Direction * believed.Load, believed.Volts, believed.Celsius, believed.TorqueOn, flags, isFresh);
}
