using System.Diagnostics;
using RobotWorker.MuJoCo;

namespace RobotWorker.Benchmarks.MuJoCo;

/// <summary>Does calling MuJoCo from C# cost anything? The same model and loop in both languages, run in turns so that both see the same machine.</summary>
internal static class StepBenchmark
{
    // Many short runs, and the first of a pair in turns: what else runs on the machine then slows both alike, and the medians stay close.
    private const int Steps = 2000, Rounds = 25;

    public static BenchmarkResult Run()
    {
        var mjcf = ArmModel.Mjcf();
        using var yardstick = new NativeYardstick("mujoco-step", mjcf);
        using var model = MjModel.FromXml(mjcf);
        using var data = new MjData(model);
        Console.WriteLine($"MuJoCo {MuJoCoLibrary.VersionText}: {model.Nv} degrees of freedom, {Steps} steps of {model.TimestepSeconds * 1000} ms, {Rounds} runs each in turns");
        Console.WriteLine($"{"run",4} {"C",12} {"C#",12} {"ratio",8}");

        var native = new Measurement[Rounds];
        var ours = new Measurement[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0) native[round] = yardstick.Measure($"{Steps}", $"{ArmModel.RobotDofs}");
            ours[round] = Measure(data);
            if (round % 2 != 0) native[round] = yardstick.Measure($"{Steps}", $"{ArmModel.RobotDofs}");
            Console.WriteLine($"{round + 1,4} {native[round].PerSecond,12:F0} {ours[round].PerSecond,12:F0} {ours[round].PerSecond / native[round].PerSecond,8:F3}");
            if (native[round].Checksum != ours[round].Checksum)
                throw new BenchmarkException($"the two loops ended differently ({native[round].Checksum:R} and {ours[round].Checksum:R}), so they cannot be compared");
        }

        double baseline = Median(native), figure = Median(ours), ratio = figure / baseline;
        Console.WriteLine($"{"",4} {baseline,12:F0} {figure,12:F0} {ratio,8:F3}  medians, steps/s");
        return new BenchmarkResult(Math.Round(figure), "steps/s", Math.Round(baseline), Math.Round(ratio, 4));
    }

    private static Measurement Measure(MjData data)
    {
        Loop(data);                 // the first pass warms caches, as in the C program
        var begin = Stopwatch.GetTimestamp();
        Loop(data);
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var sum = 0.0;
        var qpos = data.Qpos;
        for (var i = 0; i < qpos.Length; i++) sum += qpos[i] * (i + 1);
        return new Measurement(Steps / elapsed.TotalSeconds, sum);
    }

    private static void Loop(MjData data)
    {
        data.Reset();
        data.Forward();
        for (var step = 0; step < Steps; step++)
        {
            data.Ctrl.Fill(step / 500 % 2 != 0 ? 0.3 : -0.3);
            data.QfrcBias[..ArmModel.RobotDofs].CopyTo(data.QfrcApplied);
            data.Step();
        }
    }

    private static double Median(Measurement[] runs) => runs.Select(run => run.PerSecond).Order().ElementAt(runs.Length / 2);
}
