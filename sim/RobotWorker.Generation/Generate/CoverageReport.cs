using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Generation.Generate;

/// <summary>Which parts of what is meant the episodes reach: for each axis how often each tenth of its range was drawn and succeeded, and whether the weights make up for it.</summary>
public static class CoverageReport
{
    private const int Tenths = 10;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <param name="made">All episodes, with the weights of those that succeeded corrected for yield.</param>
    /// <returns>A page of Markdown.</returns>
    public static string Of(GenerateSpec spec, IReadOnlyList<EpisodeProvenance> made)
    {
        var good = made.Where(e => e.Succeeded).ToList();
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"# What {spec.Name} covers\n\n{made.Count} episodes were drawn{(spec.IsHeldOut ? " from what is held out" : "")}, {good.Count} succeeded; they tell as much as {SamplingWeights.EffectiveSampleSize([.. good.Select(e => e.Weight)]):0.#} of equal weight.\n");
        if (!spec.Vary.Axes.IsEmpty)
        {
            text.AppendLine("| axis | from | drawn | succeeded | to | weighted mean | meant |\n|---|---|---|---|---|---|---|");
            foreach (var axis in spec.Vary.Axes) text.AppendLine(Row(axis, spec.IsHeldOut, made, good));
            text.AppendLine("\nBars are tenths of the range. The mean is over those that succeeded, each with its `sampling_weight`; after ± its standard error.\n");
        }
        if (made.Any(e => e.Stratum.Length > 0))
        {
            text.AppendLine("| drawn more often | drawn | succeeded |\n|---|---|---|");
            foreach (var stratum in made.GroupBy(e => e.Stratum, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                text.AppendLine(CultureInfo.InvariantCulture, $"| {(stratum.Key.Length == 0 ? "the rest" : stratum.Key.Replace(",", ", ", StringComparison.Ordinal))} | {stratum.Count()} | {stratum.Count(e => e.Succeeded)} |");
        }
        foreach (var (what, of) in new (string, Func<EpisodeProvenance, string>)[] { ("floor", e => Text(e, "floor")), ("not there", e => Text(e, "absent")), ("wording", e => $"{e.Wording}") })
            if (made.Select(of).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"\n| {what} | drawn | succeeded |\n|---|---|---|");
                foreach (var group in made.GroupBy(of, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                    text.AppendLine(CultureInfo.InvariantCulture, $"| {(group.Key.Length == 0 ? "nothing" : group.Key)} | {group.Count()} | {group.Count(e => e.Succeeded)} |");
            }
        return text.ToString();
    }

    private static string Row(VariationAxis axis, bool heldOut, IReadOnlyList<EpisodeProvenance> made, List<EpisodeProvenance> good)
    {
        var range = heldOut ? axis.HeldOut ?? axis.Range : axis.Range;
        var weights = good.Sum(e => e.Weight);
        var mean = good.Sum(e => e.Weight * Value(e, axis.Name)) / weights;
        // Of the weighted mean, as a sample of so many (Kish).
        var error = Math.Sqrt(good.Sum(e => e.Weight * Math.Pow(Value(e, axis.Name) - mean, 2)) / weights / SamplingWeights.EffectiveSampleSize([.. good.Select(e => e.Weight)]));
        return string.Create(CultureInfo.InvariantCulture,
            $"| `{axis.Name}`: {Axes.All[axis.Name].What} | {range.Low:0.###} | {Bar(made)} | {Bar(good)} | {range.High:0.###} | {(good.Count == 0 ? "none succeeded" : string.Create(CultureInfo.InvariantCulture, $"{mean:0.###} ± {error:0.###}"))} | {(range.Low + range.High) / 2:0.###} |");

        string Bar(IReadOnlyList<EpisodeProvenance> some)
        {
            var counts = new int[Tenths];
            foreach (var episode in some) counts[Math.Clamp((int)((Value(episode, axis.Name) - range.Low) / (range.High - range.Low) * Tenths), 0, Tenths - 1)]++;
            var most = made.Count == 0 ? 1 : Math.Max(1, counts.Max());
            return $"`{string.Concat(counts.Select(c => Bars[(int)Math.Ceiling((Bars.Length - 1) * (double)c / most)]))}`";
        }
    }

    private static double Value(EpisodeProvenance episode, string axis)
    {
        using var drawn = JsonDocument.Parse(episode.Variation);
        return drawn.RootElement.GetProperty(axis).GetDouble();
    }

    private static string Text(EpisodeProvenance episode, string what)
    {
        using var drawn = JsonDocument.Parse(episode.Variation);
        return drawn.RootElement.TryGetProperty(what, out var value) ? value.GetString()! : "";
    }
}
