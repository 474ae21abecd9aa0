using RobotWorker.Execution.Core;

namespace RobotWorker.Episodes;

/// <summary>Where events are kept, each before its commands are carried out.</summary>
public interface IJournal
{
    void Append(Event happened);

    /// <summary>Returns when what was appended survives the end of the process; called before a command that can move the robot or report it done.</summary>
    void Sync();
}

/// <summary>A journal in memory: it survives nothing but the run.</summary>
/// <param name="behind">A journal that keeps the same events better; null: there is none.</param>
/// <param name="history">What had happened before; <paramref name="behind"/> has it already.</param>
public sealed class MemoryJournal(IJournal? behind = null, IReadOnlyList<Event>? history = null) : IJournal
{
    private readonly List<Event> events = [.. history ?? []];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Event> Events => events;

    public void Append(Event happened)
    {
        behind?.Append(happened);
        events.Add(happened);
    }

    public void Sync() => behind?.Sync();
}
