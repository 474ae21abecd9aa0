namespace RobotWorker.Firmware.Servos;

/// <summary>What a bus has counted since it was opened. Telemetry; nothing decides by it.</summary>
public sealed class BusStatistics
{
    /// <summary>Instruction packets sent.</summary>
    public long Transactions { get; internal set; }

    /// <summary>Answers that did not come in time, one for each servo.</summary>
    public long Timeouts { get; internal set; }

    /// <summary>Transactions tried again.</summary>
    public long Retries { get; internal set; }

    /// <summary>Frames that came and whose check was wrong.</summary>
    public long BadChecks { get; internal set; }

    /// <summary>Valid frames that nobody had asked for.</summary>
    public long Unexpected { get; internal set; }

    /// <summary>Answers that passed their check and cannot be true.</summary>
    public long Implausible { get; internal set; }

    /// <summary>Goals that a servo did not hear: it held the one before.</summary>
    public long LostGoals { get; internal set; }

    /// <summary>Cycles in which a servo held a goal that the host had not sent.</summary>
    public long ForeignGoals { get; internal set; }

    /// <summary>Torque limits and torque enables that were not what the host sent, and were put right.</summary>
    public long Repairs { get; internal set; }
}
