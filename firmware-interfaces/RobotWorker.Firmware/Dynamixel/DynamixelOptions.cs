namespace RobotWorker.Firmware.Dynamixel;

/// <summary>How a Dynamixel bus is spoken to.</summary>
public sealed record DynamixelOptions
{
    /// <summary>Until a servo's answer begins and goes on. The factory's return delay is 0.5 ms; USB adapters add 1 to 16 ms (spec: latency_timer).</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What a sync read waits longer for each servo.</summary>
    public TimeSpan EachWithin { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Until the link has taken a frame.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a read, a ping or a verified write is tried before it is given up. Cycles are never tried again: the next is.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>The bus watchdog: rounded up to 20 ms, 2.54 s at most.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the servos know the fast sync read: firmware 45 or newer on X430 and X540, 46 on X330.</summary>
    public bool UsesFastSyncRead { get; init; } = true;

    /// <summary>What one count of the current register is: 0.00269 A on XM430 and XM540, 0.001 A on X330.</summary>
    public double AmperesPerCount { get; init; } = 0.00269;
}
