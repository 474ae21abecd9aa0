using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Recovery;

namespace RobotWorker.Execution.Core;

/// <summary>Questions to a person, the robot standing still. No answer in time ends the episode: it stands holding what it holds.</summary>
internal static class Asking
{
    private const string Skip = "skip";
    private const string Retry = "retry";
    private const string Abort = "abort";
    private const string Continue = "continue";

    // Someone who answers at once and always wrongly must not hold the episode at one instant for ever.
    public const int MostUnusable = 3;
    private static readonly ImmutableArray<string> StepOptions = [Retry, Skip, Abort];
    private static readonly ImmutableArray<string> GoOnOptions = [Continue, Abort];

    public static void AboutStep(Transition t, StepState step, string evidence)
    {
        Deciding.Enter(t, step, Decision.Ask, evidence);
        t.Put(step with { Status = StepStatus.Retriable });
        var options = step.Node.OnFailure?.Options is { IsDefaultOrEmpty: false } given ? given : StepOptions;
        Ask(t, AskAbout.Step, step.Number, new(step.Path, step.Node.OnFailure?.Ask ?? $"{step.Node.Id} failed: {step.Why}", options, evidence));
    }

    public static void AboutFault(Transition t, Fault fault)
    {
        t.Halt = t.Halt! with { Fault = fault };
        Ask(t, AskAbout.Fault, NodeState.Root, new(fault.Component, $"{fault.Code} needs a person: mend it, then let it go on", GoOnOptions, fault.Evidence));
    }

    public static void AboutProtectiveStop(Transition t) =>
        Ask(t, AskAbout.ProtectiveStop, NodeState.Root, new(
            "robot", "the protective stop was needed: may it go on?", GoOnOptions, $"the robot did not stand still in time after its attempts were cancelled{(t.Halt?.StopError is { } error ? $"; the protective stop itself failed: {error}" : "")}"));

    public static void AboutIntervention(Transition t) =>
        Ask(t, AskAbout.Intervention, NodeState.Root, new(
            "robot", "somebody else moves the robot: does the worker take it back?", GoOnOptions, $"{t.ModeBy}; what ran was cancelled, and where the robot is will be looked at first"));

    public static void AboutHandBack(Transition t) =>
        Ask(t, AskAbout.HandBack, NodeState.Root, new("robot", "somebody else had the robot: may it go on?", GoOnOptions, $"it is in {t.Mode.Word()} again, set by {t.ModeBy}, and stands still"));

    public static void Answered(Transition t, string? answer)
    {
        if (t.Halt is not { Phase: HaltPhase.Asking } halt) return;
        Halting.GoOn(t);
        if (answer is null) Parking.OrEnd(t, new(EpisodeOutcome.NeedsPerson, "nobody answered"));
        else if (halt.About == AskAbout.Step) AnsweredStep(t, t.Step(halt.Subject), answer);
        else if (answer != Continue) t.Ending ??= new(EpisodeOutcome.Failed, $"a person answered {answer}");
        else if (halt.About == AskAbout.ProtectiveStop) t.Halt = t.Halt! with { Protective = false, HandBack = false, Since = t.Now };
        else if (halt.About == AskAbout.HandBack) t.Halt = t.Halt! with { HandBack = false, Since = t.Now };
        else if (halt.About == AskAbout.Intervention) Moding.HandedBack(t);
        else Acknowledge(t);
    }

    /// <summary>What is not among the options is no answer: the question is put again.</summary>
    /// <returns>False when too many were none.</returns>
    public static bool AskedAgain(Transition t, OpenRequest open, string answer)
    {
        if (open.Question is not { } question || open.Unusable >= MostUnusable) return false;
        var said = question with { Evidence = $"{question.Evidence}; '{answer}' is none of the answers" };
        t.Halt = t.Halt! with { Request = Requests.Ask(t, open.Subject, said, open.Unusable + 1) };
        return true;
    }

    public static void AboutGoal(Transition t, Question question) => Ask(t, AskAbout.Goal, NodeState.Goal, question);

    private static void AnsweredStep(Transition t, StepState step, string answer)
    {
        var evidence = $"a person answered {answer}";
        switch (answer)
        {
            case Retry:
                Deciding.Enter(t, step, Decision.Retry, evidence);
                Breaking.HalfOpen(t, step);
                Deciding.Retry(t, step with { Interrupted = true, Variant = step.Variant + 1 }, null);
                break;
            case Skip:
                Deciding.Enter(t, step, Decision.Skip, evidence);
                Halting.Forget(t, step.Number);
                Steps.Skip(t, step.Number);
                break;
            default:
                Deciding.Enter(t, step, Decision.Stop, evidence);
                Halting.Forget(t, step.Number);
                t.Ending ??= new(EpisodeOutcome.Failed, $"{step.Path}: {evidence}");
                break;
        }
    }

    private static void Acknowledge(Transition t)
    {
        // Only what was asked about: of other faults nobody has said that they are mended.
        if (t.Halt!.Fault is { } fault) t.Do(new Command.ResetFault(fault.Code, fault.Component));
        t.TakeBack(t.Halt.Timer);
        t.Halt = t.Halt with { Acknowledged = true, Since = t.Now, Timer = null };
    }

    private static void Ask(Transition t, AskAbout about, int subject, Question question)
    {
        // Who did not answer before does not now: the robot stands still, and stays so.
        if (t.Parking is { } parking) Finishing.Finish(t, parking with { Reason = $"{parking.Reason}; it could not be parked ({question.Text}) and stands holding what it holds{Moding.Unseen(t)}" });
        else t.Halt = t.Halt! with { Phase = HaltPhase.Asking, About = about, Subject = subject, Request = Requests.Ask(t, subject, question) };
    }
}
