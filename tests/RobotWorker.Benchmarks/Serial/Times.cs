namespace RobotWorker.Benchmarks.Serial;

/// <summary>Milliseconds of many trials.</summary>
internal sealed record Times(double P50, double P99)
{
    public static Times Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return new(sorted[sorted.Length / 2] * 1000, sorted[sorted.Length * 99 / 100] * 1000);
    }

    public override string ToString() => $"{P50:0.0} ms p50, {P99:0.0} ms p99";
}
