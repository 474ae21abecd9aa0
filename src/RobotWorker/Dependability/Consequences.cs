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

    /// <summary>A fault that begins no later than <paramref name="within"/> after another one on the same robot that can bring it about stands under that, and under whatever brought that about.</summary>
    /// <param name="faults">In whatever order.</param>
    /// <param name="causes">By code: the codes of faults that can bring it about.</param>
    /// <returns>In the order of beginning.</returns>
    public static ImmutableArray<RootFault> Fold(IEnumerable<FaultSpell> faults, ImmutableSortedDictionary<string, ImmutableArray<string>> causes, TimeSpan within)
    {
        var all = faults.OrderBy(f => f.Began).ThenBy(f => f.Confirmed).ThenBy(f => f.Code, StringComparer.Ordinal).ToImmutableArray();
        var roots = new int[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            roots[i] = i;
            for (var j = i - 1; j >= 0 && all[i].Began - all[j].Began <= within; j--)
            {
                if (all[j].Robot != all[i].Robot || !CanCause(causes, all[j].Code, all[i].Code)) continue;
                roots[i] = roots[j];
                break;
            }
        }
        return [.. Enumerable.Range(0, all.Length).Where(i => roots[i] == i)
            .Select(root => new RootFault(all[root], [.. Enumerable.Range(root + 1, all.Length - root - 1).Where(i => roots[i] == root).Select(i => all[i])]))];
    }

    private static bool CanCause(ImmutableSortedDictionary<string, ImmutableArray<string>> causes, string cause, string of) =>
        cause != of && causes.TryGetValue(of, out var known) && known.Contains(cause);
}
