namespace RobotWorker.Benchmarks;

/// <summary>A benchmark by name. It prints what it measures for people and returns the figure for machines.</summary>
/// <param name="Name">What one types.</param>
/// <param name="What">One line about it.</param>
/// <param name="Run">Measures.</param>
internal sealed record Benchmark(string Name, string What, Func<BenchmarkResult> Run);
