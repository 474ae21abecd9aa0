namespace RobotWorker.Skills.Senses;

/// <summary>
/// Whether anything at all is heard of the robot. A wire may be up that leads nowhere: on ROS 1 the master answers while the robot's machine is out of reach, and a rosbridge
/// server may live on without its robot.
/// </summary>
internal sealed class VoiceSense : IDisposable
{
    // As long as a rosbridge link may be silent before it counts as lost.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TimeProvider time;
    private readonly Action changed;
    private readonly ITimer timer;
    private long heardAt;

    /// <param name="time">The connection's clock.</param>
    /// <param name="changed">Called when it falls silent, and when it speaks again.</param>
    public VoiceSense(TimeProvider time, Action changed)
    {
        (this.time, this.changed) = (time, changed);
        timer = time.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True from the first word on, until there was none for too long.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Something came.</summary>
    public void Heard()
    {
        heardAt = time.GetTimestamp();
        if (IsHeard) return;
        IsHeard = true;
        Wait(Patience);
        changed();
    }

    public void Dispose() => timer.Dispose();

    private void Check()
    {
        var left = Patience - time.GetElapsedTime(heardAt);
        if (left > TimeSpan.Zero)
        {
            Wait(left);
            return;
        }

        IsHeard = false;
        changed();
    }

    private void Wait(TimeSpan left) => timer.Change(left, Timeout.InfiniteTimeSpan);
}
