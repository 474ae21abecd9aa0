using System.Collections.Immutable;
using RobotWorker.Execution.Core;

namespace RobotWorker.Episodes.Audit;

/// <summary>A stop reaches the robot, and within its deadline.</summary>
internal static class StopRules
{
    public static readonly ImmutableArray<Invariant> All =
    [
        new("stop", "where the robot is to stop, all that runs is cancelled in the same instant", Cancelled),
        new("stop in time", "what is cancelled has ended within its deadline, or the robot is stopped harder", InTime),
        new("asked to stop", "an episode that was asked to stop ends within the deadlines of cancelling, standing still and the protective stop", AskedToStop),
        new("watchdog", "no deadline passes unnoticed by more than the grace of its request", Watchdog),
    ];

    private static IEnumerable<string?> Cancelled(Moment m)
    {
        foreach (var step in m.Flights)
        {
            if (m.After.Halt is null) yield break;
            if (step.Phase == StepPhase.Running) yield return $"{step.Path} runs on while the robot is to stop";
            else if (m.Before.Halt is null) yield return m.Commands.Contains(new Command.CancelAttempt(step.Number, m.After.Flights[step.Number])) ? null : $"{step.Path} is not cancelled";
        }
    }

    private static IEnumerable<string?> InTime(Moment m)
    {
        if (m.Past.CancelledBy is not { } due) yield break;
        // While no process was there nobody could: the next one stops the robot first of all.
        yield return m.Happened is not Event.ProcessRestarted && m.Happened.At > due ? $"what was cancelled had to end by {due.TotalSeconds:0.000} s, and nothing was done until now" : null;
    }

    private static IEnumerable<string?> AskedToStop(Moment m)
    {
        if (m.Past.EndedBy is not { } due) yield break;
        yield return m.Happened is not (Event.ProcessRestarted or Event.LinkBack) && !m.Before.LinkDown && m.Happened.At > due ? $"the episode had to end by {due.TotalSeconds:0.000} s" : null;
    }

    private static IEnumerable<string?> Watchdog(Moment m)
    {
        if (m.Happened is Event.ProcessRestarted || m.Before.Timers.IsEmpty) yield break;
        var due = m.Before.Timers[0].Due > m.Past.Restarted ? m.Before.Timers[0].Due : m.Past.Restarted;
        yield return m.Happened.At > due + m.Options.Grace ? $"{m.Before.Timers[0].Kind} was due at {due.TotalSeconds:0.000} s" : null;
    }
}
