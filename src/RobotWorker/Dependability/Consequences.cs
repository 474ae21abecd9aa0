using System.Collections.Immutable;
using RobotWorker.Faults;

namespace RobotWorker.Dependability;

/// <summary>A fault with what it brought about.</summary>
public sealed record RootFault(FaultSpell Fault, ImmutableArray<FaultSpell> Consequences);

/// <summary>Folds faults under the fault that they are a consequence of. Pure.</summary>
public static class Consequences
{
    /// <summary>By code: the faults that a catalogue says it follows from.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> CausesIn(FaultCatalogue catalogue) =>
        catalogue.ByCode.ToImmutableSortedDictionary(f => f.Key, f => f.Value.Follows, StringComparer.Ordinal);

    /// <summary>
    /// A fault that begins while another one on the same robot is there that can bring it about, or within <see cref="Correlation.Window"/> of that, stands under it and under whatever brought that about: as
    /// the monitor itself folds them. A link that was silent began when anything was heard last, and a sensor with it when itself was: a little before its cause.
    /// </summary>
    /// <param name="faults">In whatever order.</param>
    /// <param name="causes">By code: the codes of faults that can bring it about.</param>
    /// <returns>In the order of beginning.</returns>
    public static ImmutableArray<RootFault> Fold(IEnumerable<FaultSpell> faults, ImmutableSortedDictionary<string, ImmutableArray<string>> causes)
    {
        var all = faults.OrderBy(f => f.Began).ThenBy(f => f.Confirmed).ThenBy(f => f.Code, StringComparer.Ordinal).ToImmutableArray();
        var directs = Enumerable.Range(0, all.Length).Select(i => CauseOf(all, i, causes)).ToList();
        var roots = Enumerable.Range(0, all.Length).Select(i => Correlation.RootOf(directs, i)).ToList();
        return [.. Enumerable.Range(0, all.Length).Where(i => roots[i] == i)
            .Select(root => new RootFault(all[root], [.. Enumerable.Range(0, all.Length).Where(i => i != root && roots[i] == root).Select(i => all[i])]))];
    }

    // Of several that it may follow, the one that began last.
    private static int? CauseOf(ImmutableArray<FaultSpell> all, int fault, ImmutableSortedDictionary<string, ImmutableArray<string>> causes)
    {
        for (var i = all.Length - 1; i >= 0; i--)
            if (i != fault && all[i].Robot == all[fault].Robot && CanCause(causes, all[i].Code, all[fault].Code) && WereThereTogether(all[i], all[fault])) return i;
        return null;
    }

    private static bool WereThereTogether(FaultSpell cause, FaultSpell consequence) =>
        cause.Began <= consequence.Began + Correlation.Window && cause.Ended + Correlation.Window >= consequence.Began;

    private static bool CanCause(ImmutableSortedDictionary<string, ImmutableArray<string>> causes, string cause, string of) =>
        cause != of && causes.TryGetValue(of, out var known) && known.Contains(cause);
}
