using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Episodes;

/// <summary>Where events are kept, each before its commands are carried out.</summary>
public interface IJournal
{
    void Append(Event happened);

    /// <summary>What the last event made the core decide. It follows from the events, and is kept so that another build that would decide otherwise is noticed.</summary>
    void Append(RecoveryEntry decision);

    /// <summary>Returns when what was appended survives the end of the process; called before a command that can move the robot or report it done.</summary>
    void Sync();
}

/// <summary>A journal in memory: it survives nothing but the run.</summary>
/// <param name="behind">A journal that keeps the same events better; null: there is none.</param>
/// <param name="history">What had happened before; <paramref name="behind"/> has it already.</param>
public sealed class MemoryJournal(IJournal? behind = null, IReadOnlyList<Event>? history = null) : IJournal
{
    private readonly List<Event> events = [.. history ?? []];
    private readonly List<RecoveryEntry> decisions = [];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Event> Events => events;

    /// <summary>What was decided since this journal was made, in order.</summary>
    public IReadOnlyList<RecoveryEntry> Decisions => decisions;

    public void Append(Event happened)
    {
        behind?.Append(happened);
        events.Add(happened);
    }

    public void Append(RecoveryEntry decision)
    {
        behind?.Append(decision);
        decisions.Add(decision);
    }

    public void Sync() => behind?.Sync();
}
