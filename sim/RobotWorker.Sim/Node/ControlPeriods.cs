namespace RobotWorker.Sim.Node;

/// <summary>
/// Calls a control period every 10 ms of the loop's clock. At wall pace a late timer makes up what was missed, but never more than a few
/// periods at a time: then simulated time falls behind the wall's instead of the loop drowning.
/// </summary>
internal sealed class ControlPeriods(TimeProvider time, Action period) : IDisposable
{
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(10);

    private const int MostAtOnce = 5;

    private ITimer? timer;
    private long began;
    private TimeSpan done;

    public void Start()
    {
        began = time.GetTimestamp();
        timer = time.CreateTimer(_ => CatchUp(), null, Length, Length);
    }

    public void Dispose()
    {
        timer?.Dispose();
        timer = null;
    }

    private void CatchUp()
    {
        var elapsed = time.GetElapsedTime(began);
        for (var i = 0; i < MostAtOnce && timer is not null && done + Length <= elapsed; i++)
        {
            done += Length;
            period();
        }
        // What is still owed is let go.
        while (done + Length <= elapsed) done += Length;
    }
}
