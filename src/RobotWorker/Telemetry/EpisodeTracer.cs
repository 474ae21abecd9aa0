using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Recovery;
using static RobotWorker.Telemetry.TelemetryNames;

namespace RobotWorker.Telemetry;

/// <summary>
/// An episode as a trace: plan, steps, attempts, goals, faults, recoveries. What the spans are is read off the difference of two states, so that a process that takes
/// an episode up begins with whatever is open then. Times are the episode's own: a run at virtual pace gives the trace of a run that took as long as the robot did.
/// </summary>
/// <param name="robot">The robot's name.</param>
/// <param name="began">When the episode began, on the wall's clock.</param>
public sealed class EpisodeTracer(string robot, DateTimeOffset began) : IEpisodeObserver, IDisposable
{
    private readonly Dictionary<int, Activity?> steps = [];
    private readonly Dictionary<int, (int Number, Activity? Span)> attempts = [];
    private readonly Dictionary<int, Activity?> requests = [];
    private readonly Dictionary<string, Activity?> goals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Activity?> faults = new(StringComparer.Ordinal);
    private PlanState? before;
    private Activity? plan;
    private Activity? recovery;

    /// <summary>Where the episode is in its trace, for logs: what it recovers from, else the plan.</summary>
    public ActivityContext Context => (recovery ?? plan)?.Context ?? default;

    public void OnTransition(Event happened, PlanState after)
    {
        if (plan is null && !SpanTree.IsHeard) return;
        var was = before;
        before = after;
        var at = began + after.At;
        if (plan is null)
        {
            plan = SpanTree.Start($"{Spans.Plan} {after.Plan.Id}", at, null);
            plan?.SetTag(Attributes.Robot, robot).SetTag(Attributes.Episode, after.Episode).SetTag(Attributes.Plan, after.Plan.Id).SetTag(Attributes.Revision, after.Plan.Revision);
        }
        Decided(was, after, at);
        Take(happened, after, at);
        EndWhatEnded(was, after, at);
        BeginWhatBegan(was, after, at);
        if (after.Ended is { } ending) End(at, ending);
    }

    /// <summary>Ends what is open, as of the last event: of an episode whose process gives up.</summary>
    public void Dispose()
    {
        if (before is not null) End(began + before.At, null);
    }

    private void Decided(PlanState? was, PlanState after, DateTimeOffset at)
    {
        for (var i = was?.Recoveries.Count ?? after.Recoveries.Count; i < after.Recoveries.Count; i++)
        {
            var entry = after.Recoveries[i];
            Settling(was!, entry).Note(
                Events.Decided, at, (Attributes.Step, entry.Step), (Attributes.Effect, WordsOf.Member(entry.Effect)), (Attributes.Decision, WordsOf.Member(entry.Decision)),
                (Attributes.Evidence, entry.Evidence));
        }
    }

    // A decision belongs to the look that it rests on.
    private Activity? Settling(PlanState was, RecoveryEntry entry)
    {
        foreach (var (number, open) in was.Open)
            if (open.Kind == RequestKind.Settle && PathOf(was, open.Subject) == entry.Step) return requests.GetValueOrDefault(number);
        return recovery ?? plan;
    }

    private void Take(Event happened, PlanState after, DateTimeOffset at)
    {
        switch (happened)
        {
            case Event.GoalChanged e: GoalChanged(e.Note, after, at); break;
            case Event.AttemptEnded e: Reported(e.Step, e.Number, e.Report); break;
            case Event.LinkLost: plan.Note(Events.LinkLost, at); break;
            case Event.LinkBack: plan.Note(Events.LinkBack, at); break;
            case Event.ModeChanged e: plan.Note(Events.ModeChanged, at, (Attributes.Mode, e.Mode.Word()), (Attributes.By, e.By)); break;
            case Event.PauseAsked: plan.Note(Events.PauseAsked, at); break;
            case Event.ResumeAsked: plan.Note(Events.ResumeAsked, at); break;
            case Event.ProcessRestarted: plan.Note(Events.ProcessRestarted, at); break;
            case Event.PlanReplaced e: plan.Note(Events.PlanReplaced, at, (Attributes.Revision, e.Plan.Revision)); break;
            case Event.Looked { Error: { } error } e: requests.GetValueOrDefault(e.Request)?.SetStatus(ActivityStatusCode.Error, error); break;
            case Event.StoodStill { Still: false } e: requests.GetValueOrDefault(e.Request)?.SetStatus(ActivityStatusCode.Error, e.Error ?? "not seen to stand still"); break;
            case Event.ProtectiveStopped { Error: { } error } e: requests.GetValueOrDefault(e.Request)?.SetStatus(ActivityStatusCode.Error, error); break;
            case Event.RepairPlanned { WhyNot: { } whyNot } e: requests.GetValueOrDefault(e.Request)?.SetStatus(ActivityStatusCode.Error, whyNot); break;
            case Event.Answered e: requests.GetValueOrDefault(e.Request)?.SetTag(Attributes.Outcome, e.Answer ?? "nobody answered"); break;
            default: break;    // it shows in the states
        }
    }

    private void GoalChanged(GoalNote note, PlanState after, DateTimeOffset at)
    {
        if (!goals.TryGetValue(note.Goal, out var span) && note.Stage != GoalStage.Ended)
        {
            span = goals[note.Goal] = SpanTree.Start($"{Spans.Goal} {note.Action}", at, ParentOf(note, after), ActivityKind.Client);
            span?.SetTag(Attributes.GoalId, note.Goal).SetTag(Attributes.Action, note.Action).SetTag(Attributes.Actuator, note.Actuator).SetTag(Attributes.Attempt, note.Attempt);
        }
        if (note.Stage == GoalStage.Accepted) span.Note(Events.GoalAccepted, at);
        if (note.Stage != GoalStage.Ended || !goals.Remove(note.Goal)) return;
        span?.SetTag(Attributes.GoalStatus, note.Status).SetStatus(note.Status == "succeeded" ? ActivityStatusCode.Ok : ActivityStatusCode.Error, note.Status);
        SpanTree.End(span, at);
    }

    // Goals that turn the head belong to a look; those of a step to its attempt.
    private Activity? ParentOf(GoalNote note, PlanState after)
    {
        foreach (var (number, (attempt, span)) in attempts)
            if (attempt == note.Attempt && after.Nodes[number].Path == note.Path) return span;
        foreach (var (number, open) in after.Open)
            if (open.Kind is RequestKind.Look or RequestKind.Settle && requests.TryGetValue(number, out var look)) return look;
        return plan;
    }

    private void Reported(int step, int number, AttemptReport report)
    {
        if (!attempts.TryGetValue(step, out var attempt) || attempt.Number != number || attempt.Span is not { } span) return;
        span.SetTag(Attributes.Reported, WordsOf.Member(report.Reported)).SetTag(Attributes.Code, report.Code);
        span.SetStatus(report.Reported == Outcome.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error, report.Reason ?? report.Code);
    }

    private void EndWhatEnded(PlanState? was, PlanState after, DateTimeOffset at)
    {
        if (was is null) return;
        if (was.Open != after.Open)
            foreach (var number in was.Open.Keys)
                if (!after.Open.ContainsKey(number) && requests.Remove(number, out var span)) SpanTree.End(span, at);
        if (was.Flights != after.Flights)
            foreach (var (step, number) in was.Flights)
                if ((!after.Flights.TryGetValue(step, out var now) || now != number) && attempts.Remove(step, out var attempt)) SpanTree.End(attempt.Span, at);
        if (was.Faults != after.Faults)
            foreach (var (key, fault) in was.Faults)
            {
                if (after.Faults.ContainsKey(key) || !faults.Remove(key, out var span)) continue;
                span?.SetStatus(ActivityStatusCode.Ok);
                SpanTree.End(span, at);
            }
        if (was.Halt?.Phase != after.Halt?.Phase && after.Halt is { Phase: var phase }) recovery.Note(Events.Phase, at, (Attributes.Phase, WordsOf.Member(phase)));
        if (after.Halt is null) EndRecovery(at);
        if (was.Active != after.Active)
            foreach (var number in was.Active)
                if (!after.Active.Contains(number) && steps.Remove(number, out var span)) EndStep(span, (StepState)after.Nodes[number], at);
    }

    private void EndRecovery(DateTimeOffset at)
    {
        SpanTree.End(recovery, at);
        recovery = null;
    }

    private static void EndStep(Activity? span, StepState step, DateTimeOffset at)
    {
        span?.SetTag(Attributes.Status, WordsOf.Member(step.Status)).SetTag(Attributes.Reported, WordsOf.Member(step.Reported)).SetTag(Attributes.Observed, WordsOf.Member(step.Observed));
        if (step.Status is StepStatus.Failed or StepStatus.Unknown) span?.SetTag(Attributes.Code, step.Code).SetStatus(ActivityStatusCode.Error, step.Why);
        else if (step.Status == StepStatus.Finished) span?.SetStatus(ActivityStatusCode.Ok);
        SpanTree.End(span, at);
    }

    private void BeginWhatBegan(PlanState? was, PlanState after, DateTimeOffset at)
    {
        if (was?.Active != after.Active)
            foreach (var number in after.Active)
                if (after.Nodes[number] is StepState step && !steps.ContainsKey(number)) steps[number] = BeginStep(step, after, at);
        if (after.Halt is { } halt && recovery is null)
        {
            recovery = SpanTree.Start(Spans.Recovery, at, plan);
            recovery.Note(Events.Phase, at, (Attributes.Phase, WordsOf.Member(halt.Phase)));
        }
        if (was?.Faults != after.Faults)
            foreach (var (key, fault) in after.Faults)
            {
                if (faults.ContainsKey(key)) continue;
                // It began before it was confirmed, by as much on every clock.
                faults[key] = SpanTree.Start($"{Spans.Fault} {fault.Code}", at - (was is null ? TimeSpan.Zero : fault.ConfirmedAt - fault.RaisedAt), plan);
                faults[key]?.SetTag(Attributes.FaultCode, fault.Code).SetTag(Attributes.FaultComponent, fault.Component).SetTag(Attributes.FaultLevel, WordsOf.Member(fault.Level))
                    .SetTag(Attributes.Evidence, fault.Evidence);
            }
        if (was?.Flights != after.Flights)
            foreach (var (number, attempt) in after.Flights)
                if (!attempts.ContainsKey(number)) attempts[number] = (attempt, BeginAttempt((StepState)after.Nodes[number], attempt, at));
        if (was?.Open != after.Open)
            foreach (var (number, request) in after.Open)
                if (!requests.ContainsKey(number)) requests[number] = BeginRequest(request, after, at);
    }

    private Activity? BeginStep(StepState step, PlanState after, DateTimeOffset at)
    {
        var span = SpanTree.Start($"{Spans.Step} {step.Node.Skill}", at, StepAbove(step.Parent, after) ?? plan);
        return span?.SetTag(Attributes.Step, step.Path).SetTag(Attributes.Skill, step.Node.Skill);
    }

    // A repair's steps stand under the step that they repair.
    private Activity? StepAbove(int number, PlanState after)
    {
        for (; number >= 0; number = after.Nodes[number].Parent)
            if (steps.TryGetValue(number, out var span)) return span;
        return null;
    }

    private Activity? BeginAttempt(StepState step, int number, DateTimeOffset at)
    {
        var span = SpanTree.Start($"{Spans.Attempt} {step.Node.Skill}", at, steps.GetValueOrDefault(step.Number) ?? plan);
        return span?.SetTag(Attributes.Step, step.Path).SetTag(Attributes.Attempt, number).SetTag(Attributes.Variant, step.Variant).SetTag(Attributes.Stage, step.Stage);
    }

    private Activity? BeginRequest(OpenRequest request, PlanState after, DateTimeOffset at)
    {
        var span = SpanTree.Start(NameOf(request.Kind), at, recovery ?? steps.GetValueOrDefault(request.Subject) ?? plan);
        return span?.SetTag(Attributes.Step, PathOf(after, request.Subject)).SetTag(Attributes.Question, request.Question?.Text);
    }

    private static string NameOf(RequestKind kind) => kind switch
    {
        RequestKind.Look => Spans.Observe,
        RequestKind.Settle => Spans.Reverify,
        RequestKind.Still => Spans.StandStill,
        RequestKind.ProtectiveStop => Spans.ProtectiveStop,
        RequestKind.Repair => Spans.Repair,
        RequestKind.Ask or RequestKind.Release => Spans.Ask,
    };

    private static string? PathOf(PlanState state, int node) => node >= 0 ? state.Nodes[node].Path : node == NodeState.Goal ? "goal" : null;

    private void End(DateTimeOffset at, Ending? ending)
    {
        foreach (var span in requests.Values.Concat(goals.Values).Concat(attempts.Values.Select(a => a.Span)).Concat(steps.Values)) SpanTree.End(span, at);
        foreach (var span in faults.Values)
        {
            span?.SetStatus(ActivityStatusCode.Error, "active at the end");
            SpanTree.End(span, at);
        }
        EndRecovery(at);
        if (ending is not null) plan?.SetTag(Attributes.Outcome, WordsOf.Member(ending.Outcome));
        plan?.SetStatus(ending?.Outcome == EpisodeOutcome.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error, ending?.Reason ?? "its process ended first");
        SpanTree.End(plan, at);
        steps.Clear();
        attempts.Clear();
        requests.Clear();
        goals.Clear();
        faults.Clear();
        (plan, before) = (null, null);
    }
}
