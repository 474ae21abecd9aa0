using System.Collections.Immutable;
using System.Text;
using RobotWorker.Faults;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>What a decision rests on, in one line for a person: facts with source and time, and faults.</summary>
internal static class Evidence
{
    public static string Of(Transition t, params ReadOnlySpan<Condition> conditions)
    {
        var atoms = ImmutableArray.CreateBuilder<Atom>();
        foreach (var condition in conditions)
            foreach (var atom in condition.Walk())
                if (!atoms.Contains(atom)) atoms.Add(atom);
        return string.Join("; ", atoms.Select(a => Fact(t, a, default)));
    }

    /// <summary>Says of each atom what was seen since an instant.</summary>
    public static string Since(Transition t, RobotTime since, IEnumerable<Atom> atoms) => string.Join("; ", atoms.Select(a => Fact(t, a, since)));

    /// <summary>Faults that are active or healed at or after an instant.</summary>
    public static string Faults(Transition t, RobotTime since)
    {
        var text = new StringBuilder();
        foreach (var fault in t.FaultLog)
        {
            if (fault.HealedAt is { } healed && healed < since) continue;
            text.Append($"; fault {fault.Code} ({fault.Evidence}) from {fault.ConfirmedAt}{(fault.HealedAt is { } end ? $" to {end}" : "")}");
        }
        return text.ToString();
    }

    /// <summary>What went wrong with looking, or nothing.</summary>
    public static string Trouble(string? error) => error is null ? "" : $"; looking failed: {error}";

    private static string Fact(Transition t, Atom atom, RobotTime since) => t.World.Find(atom, t.Now, since) switch
    {
        null => $"{atom} not seen{(since > default(RobotTime) ? $" since {since}" : "")}",
        var fact => $"{atom} {Word(fact.Value)} at {fact.CapturedAt} by {fact.Source}{(fact.Evidence is null ? "" : $" ({fact.Evidence})")}",
    };

    private static string Word(Truth truth) => truth switch
    {
        Truth.True => "true",
        Truth.False => "false",
        _ => "unknown",
    };
}
