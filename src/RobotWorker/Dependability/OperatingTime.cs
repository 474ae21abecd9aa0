using System.Collections.Immutable;

namespace RobotWorker.Dependability;

internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

    public Span Within(Span other) => new(From > other.From ? From : other.From, To < other.To ? To : other.To);
}

/// <summary>A time of being down.</summary>
/// <param name="Whole">From its first sign to its end.</param>
/// <param name="Hours">Of it, in operation and within the report's time.</param>
/// <param name="Open">It had not ended when the episode did.</param>
internal sealed record DownTime(TimeSpan Whole, double Hours, bool Open);

/// <summary>When robots were operated.</summary>
internal sealed class OperatingTime
{
    private readonly ILookup<string, Span> spans;

    public OperatingTime(IEnumerable<(string Robot, Span Span)> operation, Span window)
    {
        spans = operation.Select(o => (o.Robot, Span: o.Span.Within(window))).Where(o => o.Span.Length > TimeSpan.Zero).ToLookup(o => o.Robot, o => o.Span);
        Hours = spans.Sum(robot => robot.Sum(s => s.Length.TotalHours));
    }

    public double Hours { get; }

    /// <summary>Faults of a robot that overlap are one time of being down.</summary>
    public IReadOnlyList<DownTime> Merge(IEnumerable<FaultSpell> spells) => [.. spells.GroupBy(s => s.Robot, StringComparer.Ordinal).SelectMany(MergeOne)];

    private IEnumerable<DownTime> MergeOne(IGrouping<string, FaultSpell> spells)
    {
        (Span Span, bool Open)? down = null;
        foreach (var spell in spells.OrderBy(s => s.Began).Append(null))
        {
            if (down is { } d && (spell is null || spell.Began > d.Span.To))
            {
                yield return new(d.Span.Length, HoursIn(spells.Key, d.Span), d.Open);
                down = null;
            }
            if (spell is null) yield break;
            down = down is { } more
                ? (more.Span with { To = more.Span.To > spell.Ended ? more.Span.To : spell.Ended }, more.Open || spell.By is null)
                : (new(spell.Began, spell.Ended), spell.By is null);
        }
    }

    private double HoursIn(string robot, Span down) => spans[robot].Sum(s => down.Within(s).Length.TotalHours);
}
