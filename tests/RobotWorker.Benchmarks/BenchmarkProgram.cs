using RobotWorker.MuJoCo;
using RobotWorker.Recording.Video;

namespace RobotWorker.Benchmarks;

/// <summary>Picks a benchmark by name and prints its result.</summary>
internal static class BenchmarkProgram
{
    private const int Done = 0, Failed = 1, Usage = 2;

    public static int Run(IReadOnlyList<Benchmark> benchmarks, string[] args)
    {
        if (args.Length != 1 || benchmarks.FirstOrDefault(b => b.Name == args[0]) is not { } benchmark) return Explain(benchmarks, args);
        try
        {
            Console.WriteLine(benchmark.Run().Line(benchmark.Name));
            return Done;
        }
        catch (Exception error) when (error is BenchmarkException or MuJoCoException or VideoException or IOException)
        {
            Console.Error.WriteLine($"{benchmark.Name}: {error.Message}");
            return Failed;
        }
    }

    private static int Explain(IReadOnlyList<Benchmark> benchmarks, string[] args)
    {
        if (args.Length > 0) Console.Error.WriteLine($"There is no benchmark '{string.Join(' ', args)}'.");
        Console.Error.WriteLine("Name one of:");
        foreach (var benchmark in benchmarks) Console.Error.WriteLine($"  {benchmark.Name,-14} {benchmark.What}");
        return Usage;
    }
}
