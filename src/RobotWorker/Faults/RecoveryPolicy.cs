using System.Collections.Immutable;

namespace RobotWorker.Faults;

/// <summary>How a fault is recovered from, once its signals are right again.</summary>
/// <param name="Attempts">Recoveries that it may cost in an episode; null: what the executor's options say.</param>
/// <param name="Backoff">Waited before the first retry after it, doubled for each further one.</param>
/// <param name="Evidence">What must be seen before it counts as healed.</param>
public sealed record RecoveryPolicy(int? Attempts, TimeSpan Backoff, ImmutableArray<EvidenceRule> Evidence)
{
    /// <summary>A person is asked where it has not healed by then; null: as the executor's options say.</summary>
    public TimeSpan? HealWithin { get; init; }

    public static readonly RecoveryPolicy Standard = new(null, TimeSpan.Zero, []);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before the n-th retry after it, counted from 1.</summary>
    public TimeSpan Wait(int n)
    {
        var wait = Backoff * Math.Pow(2, Math.Max(0, n - 1));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }
}
