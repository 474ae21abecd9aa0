namespace RobotWorker.Time;

/// <summary>The loop as a <see cref="TimeProvider"/>: every <c>Task.Delay(t, time)</c> becomes an entry of its heap.</summary>
internal sealed class LoopTimeProvider(EpisodeLoop loop) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => loop.Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => loop.Start + loop.Elapsed;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        loop.Guard("CreateTimer");
        var timer = new LoopTimer(loop, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>One timer of the loop. Changing it leaves a stale heap entry behind, which its version gives away.</summary>
internal sealed class LoopTimer(EpisodeLoop loop, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan period = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>The sequence number of its live heap entry; 0 when it is off.</summary>
    internal long Version { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        loop.Guard("a timer's change");
        this.period = period;
        Version = 0;
        if (dueTime != System.Threading.Timeout.InfiniteTimeSpan) loop.Schedule(this, dueTime);
        return true;
    }

    public void Dispose() => Version = 0;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        Version = 0;
        if (period > TimeSpan.Zero) loop.Schedule(this, period);
        callback(state);
    }
}
