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
public sealed class MemoryJournal : IJournal
{
    private readonly List<Event> events = [];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Event> Events => events;

    public void Append(Event happened) => events.Add(happened);

    public void Sync()
    {
    }
}
