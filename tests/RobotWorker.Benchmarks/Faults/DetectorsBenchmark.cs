using System.Diagnostics;
using RobotWorker.Chance;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Faults;

/// <summary>Samples (single values) a second that a bank of detectors over 40 signals takes on one core, against a loop that only compares each value with a limit.</summary>
internal static class DetectorsBenchmark
{
    private const int Instants = 5_000, Rounds = 9;
    private const double Period = 0.02, Limit = 8;

    public static BenchmarkResult Run()
    {
        var values = Values();
        var times = Enumerable.Range(0, Instants).Select(i => RobotTime.FromSeconds(i * Period)).ToArray();
        var (ours, plain, bytes, samples) = (double.MaxValue, double.MaxValue, 0L, values.Length);
        var (alarms, compared) = (0, 0);
        // The first rounds are the compiler's.
        for (var round = -3; round < Rounds; round++)
        {
            var bank = new DetectorBank();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            alarms = 0;
            for (var i = 0; i < Instants; i++) alarms += bank.Take(values.AsSpan(i * DetectorBank.Signals, DetectorBank.Signals), times[i]);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            began = Stopwatch.GetTimestamp();
            compared = 0;
            for (var i = 0; i < Instants; i++) compared += Compare(values.AsSpan(i * DetectorBank.Signals, DetectorBank.Signals));
            var loop = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (round >= 0) (ours, plain) = (Math.Min(ours, seconds), Math.Min(plain, loop));
        }
        var (figure, baseline) = (samples / ours, samples / plain);
        Console.WriteLine($"detectors {figure / 1e6,8:0.00} million samples a second: {DetectorBank.Count} detectors over {DetectorBank.Signals} signals, {1e9 / figure:0} ns and {(double)bytes / samples:0} bytes a sample, {alarms} alarms");
        Console.WriteLine($"compare   {baseline / 1e6,8:0.00} million samples a second: one limit a signal, {compared} alarms");
        var monitor = Monitor();
        Console.WriteLine($"monitor   {monitor.Rate / 1e6,8:0.00} million samples a second: the worker's own with the built-in catalogue, {monitor.Signals} signals by their names, {monitor.Bytes:0} bytes a sample");
        return new(figure, "samples/s", baseline, figure / baseline)
        {
            More =
            [
                ("bytes_per_sample", (double)bytes / samples), ("signals", DetectorBank.Signals), ("detectors", DetectorBank.Count),
                ("monitor_samples_per_second", monitor.Rate), ("monitor_bytes_per_sample", monitor.Bytes), ("monitor_signals", monitor.Signals),
            ],
        };
    }

    /// <summary>What a worker runs: names, guards and debounce around the detectors, over the signals that the catalogue's limits are of, each a little on its right side.</summary>
    private static (double Rate, double Bytes, int Signals) Monitor()
    {
        var chance = RandomStream.For(1, "benchmark", "monitor");
        var limits = Porter.Faults.ByCode.Values.SelectMany(f => f.Detectors).OfType<DetectorRule.OutOfBounds>().DistinctBy(r => r.Signal).ToArray();
        double[] well = [.. limits.Select(r => r.Clear.Offset + (r.Side == WrongSide.Above ? -0.1 : 0.1))];
        var noise = Enumerable.Range(0, 997).Select(_ => chance.Normal(0.01)).ToArray();
        var (best, bytes, samples) = (double.MaxValue, 0L, (long)Instants * limits.Length);
        for (var round = -3; round < Rounds; round++)
        {
            using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, NoFaultListener.Instance);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Instants; i++)
                for (var s = 0; s < limits.Length; s++) monitor.Take(new(limits[s].Signal, well[s] + noise[(i + s) % noise.Length], RobotTime.FromSeconds(i * Period)));
            if (round >= 0) best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }
        return (samples / best, (double)bytes / samples, limits.Length);
    }

    private static int Compare(ReadOnlySpan<double> values)
    {
        var alarms = 0;
        foreach (var value in values)
            if (value > Limit) alarms++;
        return alarms;
    }

    // A robot at work and well: joints that follow their references, the rest noise around 0; motors warm up.
    private static double[] Values()
    {
        var chance = RandomStream.For(1, "benchmark", "detectors");
        var values = new double[Instants * DetectorBank.Signals];
        for (var i = 0; i < Instants; i++)
        {
            var row = values.AsSpan(i * DetectorBank.Signals, DetectorBank.Signals);
            for (var s = 0; s < row.Length; s++) row[s] = chance.Normal(1);
            for (var joint = 0; joint < DetectorBank.Joints; joint++)
            {
                var (angle, pace) = (i * Period * (0.5 + (0.1 * joint)), 0.5 + (0.1 * joint));
                row[3 * joint] = Math.Sin(angle);
                row[(3 * joint) + 1] = Math.Sin(angle) + chance.Normal(0.001);
                row[(3 * joint) + 2] = (pace * Math.Cos(angle)) + chance.Normal(0.01);
            }
        }
        return values;
    }
}
