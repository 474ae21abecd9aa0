using System.Collections.Immutable;
using RobotWorker.Execution.Core;

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

    private static ImmutableArray<string> GoalsOf(IReadOnlyList<Event> history) => [.. history.OfType<Event.GoalChanged>().Select(e => e.Note.Goal).Distinct()];
}
