using System.Collections.Immutable;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>What the core asks of the shell, each with a time by which it must be answered: nothing is awaited for ever.</summary>
internal static class Requests
{
    public static int Look(
        Transition t, int subject, ImmutableArray<Atom> atoms, RobotTime since, int viewpoint, RequestKind kind = RequestKind.Look)
    {
        var mayMoveArm = ArmInLooks.MayMove(t);
        var request = Open(t, kind, subject, t.Options.LookDeadline, mayMoveArm);
        t.Do(new Command.Observe(request, t.World.Predicates.WithGrounds(atoms), since, viewpoint, t.Options.LookDeadline, mayMoveArm));
        return request;
    }

    public static int StandStill(Transition t, TimeSpan deadline)
    {
        var request = Open(t, RequestKind.Still, NodeState.Root, deadline + t.Options.SilencePatience);
        t.Do(new Command.StandStill(request, deadline, t.Options.SilencePatience));
        return request;
    }

    public static int ProtectiveStop(Transition t)
    {
        var request = Open(t, RequestKind.ProtectiveStop, NodeState.Root, t.Options.ProtectiveStopDeadline);
        t.Do(new Command.ProtectiveStop(request, t.Options.ProtectiveStopDeadline));
        return request;
    }

    public static int Repair(Transition t, int subject, string id, Condition goal)
    {
        var request = Open(t, RequestKind.Repair, subject, t.Options.LookDeadline);
        t.Do(new Command.PlanRepair(request, id, goal, t.World));
        return request;
    }

    public static int Ask(Transition t, int subject, Question question, int unusable = 0, RequestKind kind = RequestKind.Ask)
    {
        var request = Open(t, kind, subject, t.Options.AnswerDeadline);
        t.Open = t.Open.SetItem(request, t.Open[request] with { Question = question, Unusable = unusable });
        t.Do(new Command.Ask(request, question));
        return request;
    }

    /// <summary>Takes an answered request off the list; null when it is not there (any more).</summary>
    public static OpenRequest? Close(Transition t, int request)
    {
        if (!t.Open.TryGetValue(request, out var open)) return null;
        t.Open = t.Open.Remove(request);
        t.TakeBack(open.Timer);
        // Steps may have waited for a look to leave the arm alone.
        if (open.MayMoveArm) t.TryStart = true;
        return open;
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public static void TakeBack(Transition t, int request)
    {
        if (Close(t, request) is not { } open) return;
        if (open.Kind is RequestKind.Look or RequestKind.Settle or RequestKind.Still) t.Do(new Command.StopLooking(request));
        if (open.Kind is RequestKind.Ask or RequestKind.Release) t.Do(new Command.StopAsking(request));
    }

    /// <summary>Takes back whatever is still open.</summary>
    public static void TakeBackAll(Transition t)
    {
        foreach (var (request, _) in t.Open) TakeBack(t, request);
    }

    private static int Open(Transition t, RequestKind kind, int subject, TimeSpan deadline, bool mayMoveArm = false)
    {
        var request = t.NewRequest();
        t.Open = t.Open.Add(request, new(kind, subject, t.In(deadline + t.Options.Grace, TimerKind.Request, request), mayMoveArm));
        return request;
    }
}
