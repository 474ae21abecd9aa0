using RobotWorker.Ros.Graph;

namespace RobotWorker.Generation.Runs;

/// <summary>Hands messages on to a recorder and measures the wall time that takes.</summary>
internal sealed class TimedTap(IMessageTap inner, TimeProvider stopwatch) : IMessageTap
{
    public TimeSpan Taken { get; private set; }

    public void Saw(in TappedMessage message)
    {
        var start = stopwatch.GetTimestamp();
        inner.Saw(message);
        Taken += stopwatch.GetElapsedTime(start);
    }

    public void Measure(Action work)
    {
        var start = stopwatch.GetTimestamp();
        work();
        Taken += stopwatch.GetElapsedTime(start);
    }
}
