namespace RobotWorker.Skills.Senses;

/// <summary>
/// Whether the robot is in reach: it is lost when neither joints nor odometry were heard for too long, and back when both are. A wire may be up that leads nowhere: on ROS 1 the
/// master answers while the robot's machine is out of reach, and each topic comes back by itself; a rosbridge server may live on without its robot.
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

    /// <summary>True from the first words on, until there was none for too long.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Joints or odometry came.</summary>
    /// <param name="both">Whether the other one is heard as well.</param>
    public void Take(bool both)
    {
        heardAt = time.GetTimestamp();
        if (IsHeard || !both) return;
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
