namespace RobotWorker.Firmware.Servos;

/// <summary>What bounds a group of servos.</summary>
public sealed record ServoBusOptions
{
    /// <summary>The control loop's period.</summary>
    public double PeriodSeconds { get; init; } = 0.01;

    /// <summary>The fastest that a joint is ever asked to go.</summary>
    public double MaxRadiansPerSecond { get; init; } = 3;

    /// <summary>How many periods ahead of the servo a goal may lie.</summary>
    public double LeadPeriods { get; init; } = 2;

    /// <summary>What a goal may lie ahead besides: a servo with a proportional controller sags by some degrees under its load.</summary>
    public double SagRadians { get; init; } = 0.15;

    /// <summary>The torque limit while the torque is switched on, 0 to 1.</summary>
    public double LowTorque { get; init; } = 0.3;

    /// <summary>The torque limit afterwards.</summary>
    public double WorkingTorque { get; init; } = 1;

    /// <summary>The speed limit while the torque is switched on.</summary>
    public double LowRadiansPerSecond { get; init; } = 0.2;

    /// <summary>How far a servo may have moved between two reads and count as standing still.</summary>
    public double StillRadians { get; init; } = 0.02;

    /// <summary>The speed below which a servo stands still.</summary>
    public double StillRadiansPerSecond { get; init; } = 0.15;

    /// <summary>For how many cycles a servo may stay silent or implausible before its goals are refused.</summary>
    public int BlindCycles { get; init; } = 3;

    /// <summary>The greatest speed that a reading is believed of.</summary>
    public double BelievableRadiansPerSecond { get; init; } = 12;

    /// <summary>How far from the servo's last position a goal may lie.</summary>
    public double MaxLeadRadians => (LeadPeriods * PeriodSeconds * MaxRadiansPerSecond) + SagRadians;

    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    public void Validate()
    {
        Positive(PeriodSeconds, nameof(PeriodSeconds));
        Positive(MaxRadiansPerSecond, nameof(MaxRadiansPerSecond));
        Positive(LeadPeriods, nameof(LeadPeriods));
        Positive(LowRadiansPerSecond, nameof(LowRadiansPerSecond));
        Positive(StillRadians, nameof(StillRadians));
        Positive(StillRadiansPerSecond, nameof(StillRadiansPerSecond));
        Positive(BelievableRadiansPerSecond, nameof(BelievableRadiansPerSecond));
        if (SagRadians is not >= 0) throw new ArgumentException($"{nameof(SagRadians)} must be 0 or more, not {SagRadians}");
        if (BlindCycles < 1) throw new ArgumentException($"{nameof(BlindCycles)} must be 1 or more, not {BlindCycles}");
        if (LowTorque is not (> 0 and <= 1)) throw new ArgumentException($"{nameof(LowTorque)} must be above 0 and at most 1, not {LowTorque}");
        if (WorkingTorque is not (> 0 and <= 1)) throw new ArgumentException($"{nameof(WorkingTorque)} must be above 0 and at most 1, not {WorkingTorque}");
    }

    private static void Positive(double value, string name)
    {
        if (value is not > 0) throw new ArgumentException($"{name} must be above 0, not {value}");
    }
}
