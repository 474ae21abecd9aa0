using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.World;

namespace RobotWorker.Episodes.Audit;

/// <summary>When nothing may move.</summary>
internal static class MotionRules
{
    private static readonly string[] Arm = ["arm"];

    public static readonly ImmutableArray<Invariant> All =
    [
        new("fault", "nothing that an active fault forbids moves or starts, and nothing at all starts under one that needs a person", Fault),
        new("stopped", "nothing starts while the robot is being stopped, the link is down or the episode is ending", Stopped),
        new("ready", "nothing starts whose preconditions and hold condition are not known to hold", Ready),
        new("mode", "in a mode that is not the worker's the robot is sent nothing that moves or stops it", Mode),
        new("release", "in SEMIAUTOMATIC nothing moves that a person did not release since the last attempt and the last stop", Release),
        new("breaker", "nothing starts that needs an actuator whose breaker is open", Breaker),
        new("arm look", "a look moves the arm only while nothing else uses arm or base, nothing forbids it and the robot is the worker's alone", ArmLook),
        new("hold", "nothing runs on whose hold condition is not known to be true", Hold),
        new("protective stop", "after a protective stop nothing starts until a person lets the robot go on", ProtectiveStop),
    ];

    private static IEnumerable<string?> Fault(Moment m)
    {
        if (m.After.Faults.IsEmpty) yield break;
        foreach (var (step, _) in m.Starts)
            if (m.Forbidding(step) is { } fault) yield return $"{step.Path} starts while {fault.Code} is active";
        foreach (var step in m.Flights)
            if (step.Phase == StepPhase.Running && m.Forbidding(step) is { } fault) yield return $"{step.Path} runs on while {fault.Code} is active";
        foreach (var number in m.After.Active)
            if (m.After.Nodes[number] is StepState { Phase: not StepPhase.Running } step && m.Forbidding(step) is not null) yield return null;
    }

    private static IEnumerable<string?> Stopped(Moment m)
    {
        if (m.After is { Halt: null, LinkDown: false, Ending: null }) yield break;
        foreach (var (step, attempt) in m.Starts)
            if (!m.Commands.Contains(new Command.CancelAttempt(step.Number, attempt.Number))) yield return $"{step.Path} starts while {(m.After.LinkDown ? "the link is down" : "the robot is being stopped")}";
        yield return null;
    }

    private static IEnumerable<string?> Ready(Moment m)
    {
        foreach (var (step, attempt) in m.Starts)
        {
            if (attempt.Goal is not null) continue;
            var needed = (attempt.Stage is { } stage ? step.Bound.Stages.First(s => s.Name == stage).Entry : step.Bound.Pre).And(step.Bound.Hold);
            yield return m.After.World.Evaluate(needed, m.After.Now) == Truth.True ? null : $"{step.Path} starts, and nobody knows whether {needed}";
        }
    }

    private static IEnumerable<string?> Mode(Moment m)
    {
        if (m.After.Mode.IsOurs()) yield break;
        foreach (var command in m.Commands)
            if (command is Command.StartAttempt or Command.StandStill or Command.ProtectiveStop or Command.Observe { MayMoveArm: true }) yield return $"{command.GetType().Name} in {m.After.Mode.Word()}";
        yield return null;
    }

    private static IEnumerable<string?> Release(Moment m)
    {
        if (m.After.Mode != OperatingMode.Semiautomatic) yield break;
        foreach (var (step, attempt) in m.Starts)
            // Of a goal that is taken up nothing is sent: it was released before.
            if (attempt.Goal is null && !step.Bound.Resources.IsEmpty) yield return m.Past.Released.Contains(step.Number) ? null : $"{step.Path} starts, and nobody released it";
    }

    private static IEnumerable<string?> Breaker(Moment m)
    {
        foreach (var (step, attempt) in m.Starts)
            foreach (var resource in step.Bound.Resources)
                if (attempt.Goal is null && IsOpen(m.After, resource)) yield return $"{step.Path} starts while the breaker of the {resource} is open";
        foreach (var number in m.After.Active)
            if (m.After.Nodes[number] is StepState { Phase: not StepPhase.Running } step && step.Bound.Resources.Any(r => IsOpen(m.After, r))) yield return null;
    }

    private static IEnumerable<string?> ArmLook(Moment m)
    {
        foreach (var look in m.Commands.OfType<Command.Observe>())
        {
            if (!look.MayMoveArm) continue;
            yield return m.After.LinkDown ? "a look may move the arm while the link is down"
                : m.After.Mode != OperatingMode.Automatic ? $"a look may move the arm in {m.After.Mode.Word()}"
                : IsOpen(m.After, "arm") ? "a look may move the arm while its breaker is open"
                : null;
        }
        var moving = m.After.Open.Values.Count(o => o.MayMoveArm);
        if (moving == 0) yield break;
        yield return moving > 1 ? "two looks may move the arm at once"
            : m.Forbidding(Arm) is { } fault ? $"a look may move the arm while {fault.Code} is active"
            : m.Flights.FirstOrDefault(s => s.Bound.Resources.Any(r => r is "arm" or "base")) is { } user ? $"a look may move the arm while {user.Path} runs"
            : null;
    }

    private static IEnumerable<string?> Hold(Moment m)
    {
        // That a fact grew too old is known once the timers that were due have fired.
        var aged = m.Happened is Event.TimerDue;
        foreach (var step in m.Flights)
        {
            if (step is not { Phase: StepPhase.Running, Verdict: Verdict.Running } || step.Bound.Hold == Condition.Always) continue;
            var truth = m.After.World.Evaluate(step.Bound.Hold, m.After.Now - TimeSpan.FromMilliseconds(aged ? 5 : 0));
            if (truth == Truth.False) yield return $"{step.Path} runs on, and not {step.Bound.Hold}";
            else yield return truth == Truth.Unknown && aged ? $"{step.Path} runs on, and nobody knows whether {step.Bound.Hold}" : null;
        }
    }

    private static IEnumerable<string?> ProtectiveStop(Moment m)
    {
        if (!m.Past.StopHolds) yield break;
        foreach (var (step, _) in m.Starts) yield return $"{step.Path} starts, and no person has let the robot go on";
        yield return null;
    }

    private static bool IsOpen(PlanState state, string resource) => state.Breakers.TryGetValue(resource, out var breaker) && breaker.IsOpen;
}
