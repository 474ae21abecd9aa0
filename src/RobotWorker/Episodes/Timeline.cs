using RobotWorker.Execution;
using RobotWorker.Execution.Core;

namespace RobotWorker.Episodes;

/// <param name="At">Watchdog time since the episode began.</param>
public sealed record TimelineEntry(TimeSpan At, string Text);

/// <summary>An episode's journal as a person reads it: what happened, what was decided and why, one line each.</summary>
public static class Timeline
{
    /// <summary>Folds the events once more and says what came of each.</summary>
    /// <param name="before">The state before the first event.</param>
    /// <param name="all">Facts, timers and goals' progress as well.</param>
    public static IEnumerable<TimelineEntry> Of(PlanState before, IReadOnlyList<Event> events, bool all = false)
    {
        var state = before;
        foreach (var happened in events)
        {
            var was = state;
            (state, var commands) = Executor.Next(state, happened);
            if (WordsOf(happened, was, all) is { } text) yield return new(happened.At, text);
            for (var i = was.Recoveries.Count; i < state.Recoveries.Count; i++)
            {
                var entry = state.Recoveries[i];
                yield return new(happened.At, $"{entry.Step}: its effect is {Words(entry.Effect)}: {Words(entry.Decision)} ({entry.Evidence})");
            }
            foreach (var step in state.Steps)
                if (step.Status is StepStatus.Finished or StepStatus.Failed or StepStatus.Skipped or StepStatus.Unknown && !IsSame(was, step))
                    yield return new(happened.At, $"{step.Path}: {Words(step.Status)}{(step.Status == StepStatus.Failed && step.Why is { } why ? $", {why}" : "")}");
            foreach (var command in commands)
                if (WordsOf(command) is { } done) yield return new(happened.At, done);
        }
    }

    private static bool IsSame(PlanState was, StepState step) => step.Number < was.Nodes.Count && was.Nodes[step.Number] is StepState before && before.Status == step.Status;

    private static string? WordsOf(Event happened, PlanState was, bool all) => happened switch
    {
        Event.Started => "the episode begins",
        Event.AttemptEnded e => $"{e.Path}: attempt {e.Number} reported {Words(e.Report.Reported)}{Detail(e.Report)}",
        Event.GoalChanged { Note: { Stage: GoalStage.Sent or GoalStage.Ended } note } => $"{note.Path}: goal {note.Goal} on {note.Action} {Words(note.Stage)}{(note.Status is { } status ? $" {status}" : "")}{(all && note.Message is { } message ? $": {message}" : "")}",
        Event.GoalChanged { Note: var note } => all ? $"{note.Path}: goal {note.Goal} on {note.Action} {Words(note.Stage)}" : null,
        Event.FactObserved { Fact: var fact } => all ? $"{fact.Atom} is {Words(fact.Value)}, seen by {fact.Source}" : null,
        Event.FaultConfirmed { Fault: var fault } => $"fault {fault.Code} of {fault.Component} confirmed: {fault.Evidence}",
        Event.FaultHealed { Fault: var fault } => $"fault {fault.Code} of {fault.Component} healed",
        Event.TimerDue => all ? "a timer is due" : null,
        // What was asked for and is not wanted any more has no story.
        _ when RequestOf(happened) is { } request && !was.Open.ContainsKey(request) => all ? "an answer comes that nobody waits for any more" : null,
        Event.Looked e => $"looked{(e.Error is { } error ? $", and could not: {error}" : "")}",
        Event.StoodStill e => e.Still ? "the robot stands still" : $"the robot was not seen to stand still{(e.Error is { } error ? $": {error}" : "")}",
        Event.ProtectiveStopped e => e.Error is { } error ? $"the protective stop failed: {error}" : "the protective stop was carried out",
        Event.RepairPlanned e => e.Plan is { } plan ? $"repair {plan.Id} was planned" : $"no repair was found: {e.WhyNot}",
        Event.Answered e => e.Answer is { } answer ? $"a person answered {answer}" : "nobody answered",
        Event.PauseAsked => "asked to pause",
        Event.ResumeAsked => "asked to go on",
        Event.StopAsked e => $"asked to stop: {e.Reason}",
        Event.ModeChanged e => $"the robot is in {e.Mode.Word()}, set by {e.By}",
        Event.PlanReplaced e => $"revision {e.Plan.Revision} of the plan takes over",
        Event.LinkLost => "the link to the robot is lost",
        Event.LinkBack => "the link to the robot is back: it may be anywhere",
        Event.ProcessRestarted => $"another process takes the episode up{(was.Flights.Count == 0 ? "" : $"; what ran: {string.Join(", ", was.Flights.Keys.Select(number => was.Nodes[number].Path))}")}",
        _ => throw new InvalidOperationException($"no such event: {happened.GetType().Name}"),
    };

    private static int? RequestOf(Event happened) => happened switch
    {
        Event.Looked e => e.Request,
        Event.StoodStill e => e.Request,
        Event.ProtectiveStopped e => e.Request,
        Event.RepairPlanned e => e.Request,
        Event.Answered e => e.Request,
        _ => null,
    };

    private static string? WordsOf(Command command) => command switch
    {
        Command.StartAttempt { Attempt: { Goal: { } goal } attempt } => $"{attempt.Path}: attempt {attempt.Number} goes on, goal {goal} is taken up",
        Command.StartAttempt { Attempt: var attempt } =>
            $"{attempt.Path}: attempt {attempt.Number} of {attempt.Skill}({string.Join(", ", attempt.Arguments.Select(a => $"{a.Key}: {a.Value}"))}){(attempt.Stage is { } stage ? $", at stage {stage}" : "")}",
        Command.CancelAttempt => "what runs is cancelled",
        Command.ProtectiveStop => "the protective stop is called",
        Command.Ask { Question: var question } => $"{question.Step} asks: {question.Text} [{string.Join(", ", question.Options)}] ({question.Evidence})",
        Command.ResetFault c => $"whether fault {c.Code} of {c.Component} is mended is looked at",
        Command.Finish c => $"the episode ends: {Words(c.Outcome)}, {c.Reason}",
        _ => null,
    };

    private static string Detail(AttemptReport report) =>
        (report.Code, report.Reason) switch { (null, null) => "", (var code, null) => $", {code}", (null, var reason) => $": {reason}", var (code, reason) => $", {code}: {reason}" };

    private static string Words<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
