using RobotWorker.Skills.Lines;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>Stops a run from outside: Ctrl-C, a signal, another thread. The stop is posted to the episode's loop, where the robot stops first.</summary>
public sealed class StopSwitch
{
    // The worker has deadlines of its own for a stop; whoever presses again does not want to wait for them.
    private static readonly TimeSpan HarderDeadline = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private LoopInbox? inbox;
    private CancellationTokenSource? stop;
    private bool pressed;
    private StopThread? harder;

    /// <summary>What a second press calls, past the worker: the protective stop.</summary>
    internal StopThread? Harder
    {
        get
        {
            lock (gate) return harder;
        }

        set
        {
            lock (gate) harder = value;
        }
    }

    /// <summary>Whether somebody wants nothing more to begin.</summary>
    public bool IsPressed
    {
        get
        {
            lock (gate) return pressed;
        }
    }

    /// <summary>From any thread, as often as one likes.</summary>
    public void Press()
    {
        lock (gate)
        {
            if (pressed) harder?.Press(HarderDeadline);
            pressed = true;
            if (stop is { } source) Post(inbox!, source);
        }
    }

    /// <summary>Forgets that it was pressed: whoever ends in steps wants to know of the next press.</summary>
    internal void Forget()
    {
        lock (gate) pressed = false;
    }

    internal void Wire(LoopInbox loop, CancellationTokenSource source)
    {
        lock (gate)
        {
            (inbox, stop) = (loop, source);
            if (pressed) Post(loop, source);
        }
    }

    internal void Unwire()
    {
        lock (gate) (inbox, stop) = (null, null);
    }

    // A press that arrives when it is over already stops nothing.
    private void Post(LoopInbox loop, CancellationTokenSource source) => loop.Post(() =>
    {
        lock (gate)
            if (stop != source) return;
        source.Cancel();
    });
}
