using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Telemetry;

namespace RobotWorker.Station;

/// <summary>The lines that <c>episode show</c> prints, as log records while they happen.</summary>
internal sealed class EpisodeLogger(ILogger logger, EpisodeTracer tracer, LogMoment moment, DateTimeOffset began) : IEpisodeObserver
{
    private PlanState? before;

    public void OnTransition(Event happened, PlanState after)
    {
        var was = before ?? (happened is Event.Started ? PlanState.Before(after.Setup, after.Plan, after.Episode) : null);
        before = after;
        moment.At = (began + after.At).UtcDateTime;
        moment.Context = tracer.Context;
        // The state that the process before left is not known here; from now on it is.
        if (was is null) Log(happened, "another process takes the episode up");
        else if (!TurnedNothing(happened, was, after))
            foreach (var (_, text) in Timeline.Of(was, [happened])) Log(happened, text);
    }

    private static bool TurnedNothing(Event happened, PlanState was, PlanState after) =>
        happened is Event.FactObserved && was.Active == after.Active && was.Flights == after.Flights && was.Open == after.Open && was.Recoveries == after.Recoveries && after.Ended is null;

    private void Log(Event happened, string text)
    {
        if (LevelOf(happened) is var level && !logger.IsEnabled(level)) return;
        KeyValuePair<string, object?>[] state = [new("robotworker.event", happened.GetType().Name)];
        logger.Log(level, default, state, null, (_, _) => text);
    }

    private static LogLevel LevelOf(Event happened) => happened switch
    {
        Event.FaultConfirmed { Fault.Level: FaultLevel.Critical or FaultLevel.Fatal } => LogLevel.Error,
        Event.FaultConfirmed or Event.LinkLost or Event.ProtectiveStopped or Event.ProcessRestarted => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}

/// <summary>Gives a record the time and the place in the trace of the transition that it is about: the logging library would take the wall's clock and the ambient span.</summary>
internal sealed class LogMoment : BaseProcessor<LogRecord>
{
    public DateTime At { get; set; }

    public ActivityContext Context { get; set; }

    public override void OnEnd(LogRecord data)
    {
        data.Timestamp = At;
        (data.TraceId, data.SpanId, data.TraceFlags) = (Context.TraceId, Context.SpanId, Context.TraceFlags);
    }
}
