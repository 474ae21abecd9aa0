namespace RobotWorker.Firmware.Servos;

/// <summary>How long a bus of servos is waited for, and how often it is asked.</summary>
public record ServoWireOptions
{
    /// <summary>Until a servo's answer begins and goes on. A frame of 15 registers takes 0.2 ms at 1 Mbaud, a Dynamixel's return delay is 0.5 ms from the factory; USB adapters add 1 to 16 ms (spec: latency_timer).</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What a sync read waits longer for each servo.</summary>
    public TimeSpan EachWithin { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Until the link has taken a frame.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a read, a ping or a verified write is tried before it is given up. Cycles are never tried again: the next is.</summary>
    public int Tries { get; init; } = 4;
}
