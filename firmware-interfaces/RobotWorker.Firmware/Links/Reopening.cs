using RobotWorker.Ros.Wire;

namespace RobotWorker.Firmware.Links;

/// <summary>When something that is gone may be opened again: after pauses that grow with each failure.</summary>
internal sealed class Reopening(TimeProvider time, BackOff pauses)
{
    private long failedAt;
    private TimeSpan pause;

    public bool IsDue => pause == TimeSpan.Zero || time.GetElapsedTime(failedAt) >= pause;

    /// <summary>It could not be opened, or is gone again.</summary>
    public void Failed() => (failedAt, pause) = (time.GetTimestamp(), pauses.Next());

    /// <summary>The other side was heard: the next failure is a first one.</summary>
    public void Worked() => pauses.Reset();
}
