using System.Collections.Immutable;

namespace RobotWorker.Sim.Variation;

/// <summary>
/// What each episode of a set stands for. Two things bend a set away from what is meant: what is drawn more often than it is meant, and that only those that succeed are kept. An
/// average with these weights is one over what is meant (importance sampling, self-normalised: Owen, Monte Carlo theory, methods and examples, 2013, chapter 9).
/// </summary>
public static class SamplingWeights
{
    /// <param name="drawn">All that were drawn: stratum, density meant over density drawn, and whether it is kept.</param>
    /// <returns>Of those that are kept, in order, with mean 1.</returns>
    public static ImmutableArray<double> Of(IReadOnlyList<(string Stratum, double Weight, bool IsKept)> drawn)
    {
        var yields = drawn.GroupBy(d => d.Stratum, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Average(d => d.IsKept ? 1.0 : 0), StringComparer.Ordinal);
        ImmutableArray<double> raw = [.. drawn.Where(d => d.IsKept).Select(d => d.Weight / yields[d.Stratum])];
        return raw.IsEmpty ? raw : [.. raw.Select(w => w / raw.Average())];
    }

    /// <summary>How many episodes of equal weight tell as much (Kish 1965).</summary>
    public static double EffectiveSampleSize(IReadOnlyCollection<double> weights) => weights.Count == 0 ? 0 : Math.Pow(weights.Sum(), 2) / weights.Sum(w => w * w);
}
