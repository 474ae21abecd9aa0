using System.Collections.Immutable;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Firmware.Arm;

/// <summary>One period of the bus: what was asked for, goals out, states in. It alone writes to the bus. A link that is gone is opened again, with pauses that grow.</summary>
/// <param name="open">Opens the bus.</param>
internal sealed class ServoCycle(Func<IServoBus> open, TimeProvider time, BackOff pauses)
{
    private IServoBus? bus;
    private ServoState[] states = [];
    private long failedAt;
    private TimeSpan pause;

    /// <param name="goals">Radians; NaN leaves a servo's goal as it is.</param>
    /// <param name="work">Done first, one after the other; what fails is trouble, and what follows is left out.</param>
    public ServoReadings Run(ImmutableArray<double> goals, IReadOnlyList<Action<IServoBus>> work)
    {
        var began = time.GetTimestamp();
        if (!IsOpen(out var trouble)) return new([], trouble, 0);
        try
        {
            trouble = Do(work) ?? Exchange(goals);
            pauses.Reset();
            return new([.. states], trouble, time.GetElapsedTime(began).TotalSeconds);
        }
        catch (ByteLinkException gone)
        {
            return new([], Lose(gone), time.GetElapsedTime(began).TotalSeconds);
        }
    }

    private bool IsOpen(out string? trouble)
    {
        trouble = null;
        if (bus is not null) return true;
        if (pause > TimeSpan.Zero && time.GetElapsedTime(failedAt) < pause) return false;
        try
        {
            bus = open();
            states = new ServoState[bus.Servos.Length];
            return true;
        }
        catch (Exception refused) when (refused is ByteLinkException or ServoBusException)
        {
            trouble = Lose(refused);
            return false;
        }
    }

    private string Lose(Exception why)
    {
        bus = null;
        (failedAt, pause) = (time.GetTimestamp(), pauses.Next());
        return why.Message;
    }

    private string? Do(IReadOnlyList<Action<IServoBus>> work)
    {
        try
        {
            foreach (var one in work) one(bus!);
            return null;
        }
        catch (ServoBusException refused)
        {
            bus!.ReadStates(states);
            return refused.Message;
        }
    }

    private string? Exchange(ImmutableArray<double> goals)
    {
        try
        {
            bus!.Cycle(goals.AsSpan(), states);
            return null;
        }
        catch (ServoBusException refused)
        {
            // No goal was sent: the servos stand two periods later. Where they are is asked all the same.
            bus!.ReadStates(states);
            return refused.Message;
        }
    }
}
