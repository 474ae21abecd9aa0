using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>Stops a run from outside: Ctrl-C, a signal, another thread. The stop is posted to the episode's loop, where the robot stops first.</summary>
public sealed class StopSwitch
{
    private readonly Lock gate = new();
    private LoopInbox? inbox;
    private CancellationTokenSource? stop;
    private bool pressed;

    /// <summary>From any thread, as often as one likes.</summary>
    public void Press()
    {
        lock (gate)
        {
            pressed = true;
            if (stop is { } source) inbox!.Post(source.Cancel);
        }
    }

    internal void Wire(LoopInbox loop, CancellationTokenSource source)
    {
        lock (gate)
        {
            (inbox, stop) = (loop, source);
            if (pressed) loop.Post(source.Cancel);
        }
    }

    internal void Unwire()
    {
        lock (gate) (inbox, stop) = (null, null);
    }
}
