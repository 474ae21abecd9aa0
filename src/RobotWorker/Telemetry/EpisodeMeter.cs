using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Recovery;
using RobotWorker.Dependability;
using static RobotWorker.Telemetry.TelemetryNames;

namespace RobotWorker.Telemetry;

/// <summary>Counts what happens in an episode: faults, retries, looks in vain, people, the link.</summary>
public sealed class EpisodeMeter : IEpisodeObserver, IDisposable
{
    // Found without a search, which every fact would pay for.
    private static readonly string[] ModeWords = [.. Enum.GetValues<OperatingMode>().Select(m => m.Word())];

    // Faults that are active, and whether a person has answered since.
    private readonly SortedDictionary<string, (Fault Fault, bool Person)> active = new(StringComparer.Ordinal);
    private readonly RetryLedger retries = new();
    private PlanState? before;

    public void OnTransition(Event happened, PlanState after)
    {
        var was = before;
        before = after;
        if (was is null)
        {
            // Another process confirmed them, and counted that.
            foreach (var fault in after.Faults.Values) Activate(fault);
        }
        else Pass(was, after);
        Take(happened, was, after);
        if (was is not null) Retries(happened, was, after);
        if (after.Ended is not null) End(after);
    }

    /// <summary>Takes back what is active: the process that would say when it ends is none any more.</summary>
    public void Dispose()
    {
        if (before is not null) End(before);
    }

    private static void Pass(PlanState was, PlanState after)
    {
        var passed = (after.At - was.At).TotalSeconds;
        Instruments.Operating.Add(passed, new KeyValuePair<string, object?>(Attributes.Mode, ModeWords[(int)was.Mode]));
        if (was.LinkDown) Instruments.LinkDown.Add(passed);
    }

    private void Take(Event happened, PlanState? was, PlanState after)
    {
        switch (happened)
        {
            case Event.FaultConfirmed { Fault: var fault } when was is null || !was.Faults.ContainsKey(WordsOf.Key(fault)):
                if (was is not null) Activate(fault);
                Instruments.FaultOnsets.Add(1, TagsOf(fault));
                Instruments.DetectionDelay.Record((fault.ConfirmedAt - fault.RaisedAt).TotalSeconds, new KeyValuePair<string, object?>(Attributes.FaultCode, fault.Code));
                break;
            case Event.FaultHealed { Fault: var fault } when active.Remove(WordsOf.Key(fault), out var ended):
                Instruments.FaultActive.Add(-1, TagsOf(ended.Fault));
                Instruments.FaultRecovered.Add(1, new(Attributes.FaultCode, fault.Code), new(Attributes.By, WordsOf.Member(ended.Person ? RecoveredBy.Person : RecoveredBy.Robot)));
                break;
            case Event.Answered { Answer: not null }:
                foreach (var (key, one) in active.ToList()) active[key] = one with { Person = true };
                Instruments.Intervention.Add(1, new KeyValuePair<string, object?>(Attributes.Kind, "answer"));
                break;
            case Event.ModeChanged when was?.Mode.IsOurs() == true && !after.Mode.IsOurs():
                Instruments.Intervention.Add(1, new KeyValuePair<string, object?>(Attributes.Kind, "mode"));
                break;
            case Event.LinkLost when was is not { LinkDown: true }:
                Instruments.LinkLost.Add(1);
                break;
            default: break;    // what it leads to is read off the states
        }
    }

    private void Retries(Event happened, PlanState was, PlanState after)
    {
        for (var i = was.Recoveries.Count; i < after.Recoveries.Count; i++)
        {
            var entry = after.Recoveries[i];
            if (retries.Decided(entry) is { } retry) Count(retry);
            if (happened is Event.Looked && entry.Effect == Effect.Unknown)
                Instruments.ReverifyFailed.Add(1, new KeyValuePair<string, object?>(Attributes.Code, RetryLedger.CodeOf(entry)));
        }
        if (was.Active == after.Active) return;
        foreach (var number in was.Active)
            if (!after.Active.Contains(number) && after.Nodes[number] is StepState step && retries.Ended(step.Path, step.Status == StepStatus.Finished) is { } retry) Count(retry);
    }

    private void End(PlanState last)
    {
        foreach (var (_, retry) in retries.AllEnded(last.Ended?.Outcome == EpisodeOutcome.Succeeded)) Count(retry);
        foreach (var (fault, _) in active.Values) Instruments.FaultActive.Add(-1, TagsOf(fault));
        active.Clear();
        before = null;
    }

    private void Activate(Fault fault)
    {
        active[WordsOf.Key(fault)] = (fault, false);
        Instruments.FaultActive.Add(1, TagsOf(fault));
    }

    private static void Count(RetryOutcome retry) =>
        Instruments.Retry.Add(1, new(Attributes.Code, retry.Code), new(Attributes.RetryOutcome, retry.Succeeded ? "succeeded" : "failed"));

    private static TagList TagsOf(Fault fault) => new()
    {
        { Attributes.FaultCode, fault.Code }, { Attributes.FaultComponent, fault.Component }, { Attributes.FaultLevel, WordsOf.Member(fault.Level) },
    };
}
