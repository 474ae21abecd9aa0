using System.Globalization;

namespace RobotWorker.Benchmarks.Ros1;

/// <summary>
/// Two programs on one machine, over a real master: one floods the other, then one waits for the other's echo. C# to C#, C# and rospy, rospy to rospy, and
/// roscpp to roscpp where it can be compiled. The yardstick is roscpp, else rospy.
/// </summary>
internal static class Ros1Benchmark
{
    private const int Small = 100;
    private const int Large = 1_000_000;

    public static BenchmarkResult Run()
    {
        using var graph = new Ros1Graph();
        var more = new List<(string, double)>();
        (string Name, string Publisher, string Subscriber)[] pairs =
        [
            ("cs", "cs", "cs"), ("cs_to_py", "cs", "py"), ("py_to_cs", "py", "cs"), ("py", "py", "py"), .. graph.HasRoscpp ? [("cpp", "cpp", "cpp")] : Array.Empty<(string, string, string)>(),
        ];
        Console.WriteLine($"{"",-10} {"100 B msg/s",12} {"p50 µs",8} {"p99 µs",8} {"1 MB msg/s",12} {"p50 µs",8} {"p99 µs",8}");
        foreach (var (name, publisher, subscriber) in pairs)
        {
            var figures = new List<double>();
            foreach (var (size, label) in new[] { (Small, "100b"), (Large, "1mb") })
            {
                var rate = graph.Measure((publisher, "pub"), (subscriber, "sub"), size);
                var trip = graph.Measure((subscriber, "echo"), (publisher, "ping"), size);
                figures.AddRange([rate[0], trip[0], trip[1]]);
                more.AddRange([($"{name}_{label}_per_s", rate[0]), ($"{name}_{label}_p50_us", trip[0]), ($"{name}_{label}_p99_us", trip[1])]);
                if (name == "cs") more.AddRange([($"allocated_{label}", rate[1]), ($"allocated_{label}_beside_the_message", rate[2])]);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {figures[0],12:N0} {figures[1],8:N0} {figures[2],8:N0} {figures[3],12:N0} {figures[4],8:N0} {figures[5],8:N0}"));
        }

        double Of(string figure) => more.Find(entry => entry.Item1 == figure).Item2;
        var baseline = Of(graph.HasRoscpp ? "cpp_100b_per_s" : "py_100b_per_s");
        if (graph.HasRoscpp) more.Add(("of_roscpp_1mb", Of("cs_1mb_per_s") / Of("cpp_1mb_per_s")));
        more.Add(("times_rospy_100b", Of("cs_100b_per_s") / Of("py_100b_per_s")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"allocated a received message of 100 B: {Of("allocated_100b"):N0} B, of which {Of("allocated_100b_beside_the_message"):N0} B are not the message itself"));
        return new(Of("cs_100b_per_s"), "messages/s", baseline, Of("cs_100b_per_s") / baseline) { More = more };
    }
}
