using RobotWorker.Recovery;

namespace RobotWorker.Execution.Core;

/// <summary>Counts what each actuator fails at, and keeps one that fails time and again from being asked for more.</summary>
internal static class Breaking
{
    /// <summary>A goal of an actuator has ended.</summary>
    public static void GoalEnded(Transition t, GoalNote note)
    {
        if (note is not { Stage: GoalStage.Ended, Actuator: { } actuator } || !IsOfNow(t, note)) return;
        if (note.Status == "succeeded") t.Breakers = t.Breakers.Remove(actuator);
        else if (note.Status is "aborted" or "rejected") Failed(t, actuator, $"{note.Action} {note.Status} a goal of {note.Path}");
    }

    // A look's goals are of no attempt; of an attempt that was given up nobody counts what comes late.
    private static bool IsOfNow(Transition t, GoalNote note)
    {
        if (note.Path.StartsWith("observe/", StringComparison.Ordinal)) return true;
        foreach (var (number, attempt) in t.Flights)
            if (attempt == note.Attempt && t.Nodes[number].Path == note.Path) return true;
        return false;
    }

    /// <summary>It did not do what was asked, by whatever sign.</summary>
    public static void Failed(Transition t, string actuator, string why) =>
        t.Breakers = t.Breakers.SetItem(actuator, t.Breakers.GetValueOrDefault(actuator, Breaker.Closed).Failed(why, t.Options.BreakerFailures));

    public static bool IsOpen(Transition t, string actuator) => t.Breakers.TryGetValue(actuator, out var breaker) && breaker.IsOpen;

    /// <summary>Why a step must not use what it needs, or null.</summary>
    public static string? WhyNot(Transition t, StepState step)
    {
        foreach (var actuator in step.Bound.Resources)
            if (IsOpen(t, actuator)) return $"the breaker of the {actuator} is open: {t.Breakers[actuator].Failures} failures in a row, the last: {t.Breakers[actuator].Last}";
        return null;
    }

    /// <summary>A person wants the step tried again: what it needs gets one more chance.</summary>
    public static void HalfOpen(Transition t, StepState step)
    {
        foreach (var actuator in step.Bound.Resources)
            if (IsOpen(t, actuator)) t.Breakers = t.Breakers.SetItem(actuator, t.Breakers[actuator].HalfOpen());
    }
}
