using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Facts that grow too old are timer events: nothing polls. A fact that was refreshed meanwhile just moves the timer on.</summary>
internal static class Ageing
{
    // A robot clock that stands still must not make a timer fire again and again at the same instant.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    /// <summary>A timer for the moment at which the first of a condition's facts stops to count; null when it rests on none.</summary>
    public static TimerEntry? Watch(Transition t, Condition condition, int subject) =>
        FirstToAge(t, condition) is { } left ? t.In(left + Least, TimerKind.Ageing, subject) : null;

    private static TimeSpan? FirstToAge(Transition t, Condition condition)
    {
        switch (condition)
        {
            case Condition.Holds(var atom):
                return t.World.Find(atom, t.Now) is { } fact ? Left(t, fact) : null;
            case Condition.Not(var inner):
                return FirstToAge(t, inner);
            case Condition.All(var items):
                return FirstOf(t, items.AsSpan());
            case Condition.Any(var items):
                return FirstOf(t, items.AsSpan());
            default:
                throw new InvalidOperationException($"no such condition: {condition.GetType().Name}");
        }
    }

    private static TimeSpan? FirstOf(Transition t, ReadOnlySpan<Condition> items)
    {
        TimeSpan? first = null;
        foreach (var item in items)
            if (FirstToAge(t, item) is { } left && (first is null || left < first)) first = left;
        return first;
    }

    private static TimeSpan Left(Transition t, Fact fact)
    {
        var left = t.World.Predicates.MaxAge(fact.Atom.Predicate) - (t.Now - fact.CapturedAt);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}
