using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Plans;
using RobotWorker.Recovery;

namespace RobotWorker.Execution.Core;

/// <summary>
/// Who commands the robot. In a mode that is not the worker's nothing is sent, not even zero: what runs is cancelled, and a person hands the robot back, after
/// which it is seen to stand still and looked at like after every stop.
/// </summary>
internal static class Moding
{
    private const string Start = "start";
    private const string Skip = "skip";
    private const string Abort = "abort";

    /// <param name="ofRobot">The robot's own word: while its selector stands on a mode that is not ours, nobody else's makes it ours.</param>
    public static void Changed(Transition t, OperatingMode mode, string by, bool ofRobot)
    {
        if (ofRobot) t.RobotMode = mode;
        // What a person chose for the worker is not undone by a selector that never took the robot away.
        if (ofRobot && mode == OperatingMode.Automatic && t.Mode == OperatingMode.Semiautomatic) return;
        if (mode.IsOurs() && !t.RobotMode.IsOurs()) (mode, by) = (t.RobotMode, "the robot");
        if (mode == t.Mode) return;
        var wasOurs = t.Mode.IsOurs();
        (t.Mode, t.ModeBy) = (mode, by);
        if (mode.IsOurs())
        {
            t.OurMode = mode;
            if (!wasOurs) Halting.Again(t);
            else if (mode == OperatingMode.Automatic) ReleaseAll(t);
            t.TryStart = true;
            return;
        }
        // Who has begun to stop it harder leaves it to a person, whoever drives it meanwhile.
        var stopping = t.Halt is { Phase: HaltPhase.ProtectiveStop };
        Halting.Again(t);
        t.Halt = t.Halt! with { HandBack = t.Halt.HandBack || mode != OperatingMode.Startup, Protective = t.Halt.Protective || stopping };
        if (mode == OperatingMode.Service) Finishing.End(t, new(EpisodeOutcome.NeedsPerson, $"{by} put the robot into {mode.Word()}"));
    }

    /// <summary>What ran has ended, and the robot is somebody else's: the episode waits, or ends.</summary>
    public static void Wait(Transition t, Halt halt)
    {
        t.TakeBack(halt.Timer);
        t.Halt = halt with { Timer = null };
        if (t.Ending is { } ending) Finishing.Finish(t, ending with { Reason = $"{ending.Reason}{Unseen(t)}" });
        else if (t.Mode == OperatingMode.Intervened) Asking.AboutIntervention(t);
    }

    /// <summary>A person takes the robot back for the worker.</summary>
    public static void HandedBack(Transition t)
    {
        (t.Mode, t.ModeBy) = t.RobotMode.IsOurs() ? (t.OurMode, "a person") : (t.RobotMode, "the robot");
        Halting.Again(t);
        t.Halt = t.Halt! with { HandBack = !t.Mode.IsOurs() };
    }

    /// <summary>Why nobody on our side can say that the robot stands still, or nothing.</summary>
    public static string Unseen(Transition t) =>
        t.Mode.IsOurs() ? t.Halt is { Unseen: true } ? "; it was not seen to stand still after the protective stop" : "" : $"; the robot is in {t.Mode.Word()}, and nobody here saw it stand still";

    /// <summary>Whether a step must be released by a person before it moves the robot.</summary>
    public static bool NeedsRelease(Transition t, StepState step) => t.Mode == OperatingMode.Semiautomatic && !step.Released && !step.Bound.Resources.IsEmpty;

    /// <summary>One release is asked for at a time, so that an answer can only mean that one.</summary>
    public static bool IsAsking(Transition t)
    {
        foreach (var (_, open) in t.Open)
            if (open.Kind == RequestKind.Release) return true;
        return false;
    }

    public static void AskRelease(Transition t, StepState step, int unusable = 0, string? said = null)
    {
        var arguments = string.Join(", ", step.Bound.Arguments.Select(a => $"{a.Key}: {a.Value}"));
        var question = new Question(
            step.Path, $"{step.Node.Skill}({arguments}) is ready: may it start?", [Start, Skip, Abort], $"the robot is in {t.Mode.Word()}{(said is null ? "" : $"; '{said}' is none of the answers")}");
        t.Queued = t.Queued.Remove(step.Number);
        t.Put(step with { Phase = StepPhase.Releasing, Status = StepStatus.Initializing, Request = Requests.Ask(t, step.Number, question, unusable, RequestKind.Release) });
    }

    public static void Answered(Transition t, OpenRequest open, string? answer)
    {
        var step = t.Step(open.Subject) with { Request = 0 };
        t.Put(step);
        t.TryStart = true;
        if (step is not { Phase: StepPhase.Releasing, Verdict: Verdict.Running }) return;
        switch (answer is null ? null : open.Question!.OptionOf(answer))
        {
            case Start:
                Steps.Queue(t, step.Number);
                t.Put(t.Step(step.Number) with { Released = true });
                break;
            case Skip:
                Deciding.Enter(t, step, Decision.Skip, $"a person answered {Skip}");
                Steps.Skip(t, step.Number);
                break;
            case Abort:
                Finishing.End(t, new(EpisodeOutcome.Failed, $"{step.Path}: a person answered {Abort}"));
                break;
            case null when answer is not null && open.Unusable < Asking.MostUnusable:
                AskRelease(t, step, open.Unusable + 1, answer);
                break;
            default:
                Finishing.End(t, new(EpisodeOutcome.NeedsPerson, $"nobody released {step.Path}"));
                break;
        }
    }

    private static void ReleaseAll(Transition t)
    {
        foreach (var number in t.Active)
        {
            if (t.Nodes[number] is not StepState { Phase: StepPhase.Releasing } step) continue;
            Requests.TakeBack(t, step.Request);
            Steps.Queue(t, number);
        }
    }
}
