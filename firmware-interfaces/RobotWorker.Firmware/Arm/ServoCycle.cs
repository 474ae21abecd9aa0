using System.Collections.Immutable;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Firmware.Arm;

/// <summary>One period of the bus: what was asked for, goals out, states in. It alone writes to the bus. A link that is gone is closed and opened again, with pauses that grow.</summary>
/// <param name="open">Opens the bus.</param>
internal sealed class ServoCycle(Func<IServoBus> open, TimeProvider time, BackOff pauses) : IDisposable
{
    private readonly Queue<ServoWork> waiting = new();
    private IServoBus? bus;
    private ServoState[] states = [];
    private readonly Reopening reopening = new(time, pauses);

    /// <summary>Done in the next cycle of an open link.</summary>
    public void Enqueue(ServoWork work) => waiting.Enqueue(work);

    /// <param name="goals">Radians; NaN leaves a servo's goal as it is.</param>
    /// <param name="done">Hears how each piece of work went.</param>
    public ServoReadings Run(ImmutableArray<double> goals, Action<ServoWork, ServoBusException?> done)
    {
        try
        {
            if (!IsOpen()) return new([], null, null);
            while (waiting.TryPeek(out var work))
            {
                var refused = Do(work);
                waiting.Dequeue();
                done(work, refused);
            }
            var refusal = Exchange(goals);
            reopening.Worked();
            return new([.. states], refusal, null);
        }
        catch (ByteLinkException gone)
        {
            return new([], null, Lose(gone));
        }
    }

    public void Dispose() => bus?.Dispose();

    private bool IsOpen()
    {
        if (bus is not null) return true;
        if (!reopening.IsDue) return false;
        bus = open();
        states = new ServoState[bus.Servos.Length];
        return true;
    }

    private string Lose(ByteLinkException why)
    {
        bus?.Dispose();
        bus = null;
        reopening.Failed();
        return why.Message;
    }

    private ServoBusException? Do(ServoWork work)
    {
        try
        {
            work.Do(bus!);
            return null;
        }
        catch (ServoBusException refused)
        {
            return refused;
        }
    }

    private ServoBusException? Exchange(ImmutableArray<double> goals)
    {
        try
        {
            bus!.Cycle(goals.AsSpan(), states);
            return null;
        }
        catch (ServoBusException refused)
        {
            // All were told to hold, and were read.
            return refused;
        }
    }
}
