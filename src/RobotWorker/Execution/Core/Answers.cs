using RobotWorker.Plans;

namespace RobotWorker.Execution.Core;

/// <summary>Brings answers to whoever asked. One that nobody waits for (any more) changes nothing.</summary>
internal static class Answers
{
    private const string Late = "no answer in time";

    public static void Looked(Transition t, int request, string? error)
    {
        if (Requests.Close(t, request) is { } open) Looked(t, open, error);
    }

    public static void StoodStill(Transition t, int request, bool still, string? error)
    {
        if (Requests.Close(t, request) is not null) Halting.StoodStill(t, still, error);
    }

    public static void ProtectiveStopped(Transition t, int request, string? error)
    {
        if (Requests.Close(t, request) is not null) Halting.ProtectiveStopped(t, error);
    }

    public static void RepairPlanned(Transition t, int request, Plan? plan, string? whyNot)
    {
        if (Requests.Close(t, request) is { } open) RepairPlanned(t, open, plan, whyNot);
    }

    public static void Answered(Transition t, int request, string? answer)
    {
        if (Requests.Close(t, request) is { } open) Answered(t, open, answer);
    }

    /// <summary>No answer came in time.</summary>
    public static void Overdue(Transition t, int request, OpenRequest open)
    {
        Requests.Close(t, request);
        switch (open.Kind)
        {
            case RequestKind.Look or RequestKind.Settle:
                t.Do(new Command.StopLooking(request));
                Looked(t, open, Late);
                break;
            case RequestKind.Still:
                Halting.StoodStill(t, false, Late);
                break;
            case RequestKind.ProtectiveStop:
                Halting.ProtectiveStopped(t, Late);
                break;
            case RequestKind.Repair:
                RepairPlanned(t, open, null, "the planner did not answer in time");
                break;
            case RequestKind.Ask or RequestKind.Release:
                t.Do(new Command.StopAsking(request));
                Answered(t, open, null);
                break;
        }
    }

    private static void Looked(Transition t, OpenRequest open, string? error)
    {
        if (open.Kind == RequestKind.Settle) Settling.Looked(t, open.Subject, error);
        else if (t.Nodes[open.Subject] is ControlState control) Turning.Looked(t, control, error);
        else Steps.Looked(t, open.Subject, error);
    }

    private static void RepairPlanned(Transition t, OpenRequest open, Plan? plan, string? whyNot)
    {
        if (open.Subject == NodeState.Goal) GoalChecking.RepairPlanned(t, plan, whyNot);
        else Deciding.RepairPlanned(t, open.Subject, plan, whyNot);
    }

    private static void Answered(Transition t, OpenRequest open, string? answer)
    {
        if (open.Kind == RequestKind.Release)
        {
            Moding.Answered(t, open, answer);
            return;
        }
        if (answer is not null && open.Question?.OptionOf(answer) is var option)
        {
            if (option is null && Asking.AskedAgain(t, open, answer)) return;
            // Only wrong answers, time and again: nobody is there who could be asked.
            answer = option;
        }
        if (open.Subject == NodeState.Goal) GoalChecking.Answered(t, answer);
        else Asking.Answered(t, answer);
    }
}
