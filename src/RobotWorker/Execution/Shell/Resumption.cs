using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Execution.Shell;

/// <summary>What an episode had come to when the process that ran it ended.</summary>
/// <param name="State">The fold of its journal.</param>
/// <param name="At">Watchdog time since the episode began, now: it went on while no process ran.</param>
/// <param name="Restarts">How many processes worked on it before this one.</param>
/// <param name="Goals">The ids of the action goals that it sent.</param>
/// <param name="StopMayHold">The protective stop was called, and nothing was started since: the robot may still hold it.</param>
public sealed record Resumption(PlanState State, TimeSpan At, int Restarts, ImmutableArray<string> Goals, bool StopMayHold)
{
    /// <param name="before">The state before the first event.</param>
    /// <param name="history">What the journal holds, in order.</param>
    /// <returns>Null where nothing has happened yet: then it is begun.</returns>
    public static Resumption? Of(PlanState before, IReadOnlyList<Event> history, TimeSpan at)
    {
        if (history.Count == 0) return null;
        var (state, stopMayHold) = (before, false);
        foreach (var happened in history)
        {
            (state, var commands) = Executor.Next(state, happened);
            foreach (var command in commands) stopMayHold = command is Command.ProtectiveStop || (stopMayHold && command is not Command.StartAttempt);
        }
        return new(state, at > state.At ? at : state.At, 1 + history.Count(e => e is Event.ProcessRestarted), GoalsOf(history), stopMayHold);
    }

    /// <summary>Why an episode cannot be gone on with: what was decided in it is not what its events lead to in this build. Null: it is the same.</summary>
    /// <param name="decided">What the process that ran it wrote down; of its last event it may not have come to it.</param>
    public string? WhyNot(IReadOnlyList<RecoveryEntry> decided)
    {
        for (var i = 0; i < decided.Count; i++)
        {
            var now = i < State.Recoveries.Count ? State.Recoveries[i] : null;
            if (now != decided[i]) return $"decision {i + 1} was {Words(decided[i])}, and by this build it would be {(now is null ? "none" : Words(now))}";
        }
        return null;
    }

    /// <summary>Writes down what the process before had decided and not come to write.</summary>
    public void WriteTheRest(IReadOnlyList<RecoveryEntry> decided, IJournal journal)
    {
        for (var i = decided.Count; i < State.Recoveries.Count; i++) journal.Append(State.Recoveries[i]);
    }

    private static string Words(RecoveryEntry decision) => $"{decision.Decision.ToString().ToLowerInvariant()} of {decision.Step} ({decision.Evidence})";

    private static ImmutableArray<string> GoalsOf(IReadOnlyList<Event> history) => [.. history.OfType<Event.GoalChanged>().Select(e => e.Note.Goal).Distinct()];
}
