using System.Text.Json.Nodes;

namespace RobotWorker.Benchmarks;

/// <summary>What a benchmark found.</summary>
/// <param name="Figure">Ours.</param>
/// <param name="Unit">Its unit, such as steps/s.</param>
/// <param name="Baseline">The yardstick's figure, in the same unit.</param>
/// <param name="Ratio">Ours over the yardstick's.</param>
internal sealed record BenchmarkResult(double Figure, string Unit, double? Baseline = null, double? Ratio = null)
{
    /// <summary>More figures by name, such as <c>growth</c>, in the order in which they are printed.</summary>
    public IReadOnlyList<(string Name, double Value)> More { get; init; } = [];

    /// <summary>The last line of the output: <c>RESULT {json}</c>.</summary>
    public string Line(string benchmark)
    {
        var json = new JsonObject { ["benchmark"] = benchmark, ["figure"] = Figure, ["unit"] = Unit };
        if (Baseline is { } baseline) json["baseline"] = baseline;
        if (Ratio is { } ratio) json["ratio"] = ratio;
        foreach (var (name, value) in More) json[name] = value;
        return "RESULT " + json.ToJsonString();
    }
}
