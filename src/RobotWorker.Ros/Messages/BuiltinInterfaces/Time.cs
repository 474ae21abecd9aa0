namespace RobotWorker.Ros.Messages.BuiltinInterfaces;

/// <summary>A point in ROS time, counted from the epoch of its clock (simulated: the start).</summary>
public sealed partial record Time
{
    /// <summary>The whole as nanoseconds.</summary>
    public long Nanoseconds => Sec * 1_000_000_000L + Nanosec;

    /// <summary>From a time span (its resolution is 100 ns).</summary>
    /// <exception cref="OverflowException">The seconds do not fit 32 bits.</exception>
    public static Time From(TimeSpan sinceEpoch) => FromNanoseconds(checked(sinceEpoch.Ticks * 100));

    /// <summary>From nanoseconds.</summary>
    /// <exception cref="OverflowException">The seconds do not fit 32 bits.</exception>
    public static Time FromNanoseconds(long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, 1_000_000_000L, out var rest);
        return rest < 0
            ? new() { Sec = checked((int)(seconds - 1)), Nanosec = (uint)(rest + 1_000_000_000L) }
            : new() { Sec = checked((int)seconds), Nanosec = (uint)rest };
    }

    /// <summary>As a time span, rounded down to 100 ns.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Sec * TimeSpan.TicksPerSecond + Nanosec / 100);
}
