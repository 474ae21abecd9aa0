using System.Diagnostics;
using System.Globalization;
using RobotWorker.Benchmarks.MuJoCo;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Testing;

namespace RobotWorker.Benchmarks.Generate;

/// <summary>
/// Verified episodes an hour, everything written: two cameras of 256 x 256 at 10 Hz with depth and segmentation, with one worker and with two, without shadows and with. And how fast the
/// pictures are made, against MuJoCo's own renderer in C.
/// </summary>
internal static class GenerateBenchmark
{
    private const int Size = 256, EpisodesAWorker = 2, RenderedFrames = 60, Rounds = 5;
    private const string Camera = "head_camera", Joint = "head_pan_joint", Plan = "sim/tasks/one-cup-to-shelf.yaml";

    public static BenchmarkResult Run()
    {
        var (native, ours, ratio) = Render();
        var more = new List<(string, double)> { ("render_frames_per_s", ours), ("render_c_frames_per_s", native) };
        Console.WriteLine($"{Plan}, seconds an episode in each part; parts of one episode overlap");
        Console.WriteLine($"{"workers",7} {"shadows",8} {"episodes/h",11} {"frames",7} {"simulate",9} {"render",7} {"encode",7} {"write",6}");
        var best = 0.0;
        foreach (var shadows in new[] { false, true })
            foreach (var workers in new[] { 1, 2 })
            {
                var rate = Generate(workers, shadows);
                more.Add(($"episodes_per_h_{workers}_{(shadows ? "shadows" : "plain")}", Math.Round(rate)));
                if (!shadows) best = Math.Max(best, rate);
            }
        return new(Math.Round(best), "episodes/h", Math.Round(native, 1), ratio) { More = more };
    }

    /// <returns>Frames a second in C and in C#, medians of runs in turns, and their ratio.</returns>
    private static (double Native, double Ours, double Ratio) Render()
    {
        var workplace = SceneLoader.Load(Repository.PathOf("sim/scenes/kitchen.yaml"), new DiagnosticBag()) ?? throw new BenchmarkException("the kitchen cannot be read");
        string mjcf;
        using (var world = new SimWorld(SceneSampler.Sample(workplace.Scene, 1), workplace.Robot)) mjcf = world.Mjcf;
        using var yardstick = new NativeYardstick("mujoco-render", mjcf, "-lEGL");
        string[] what = [Camera, $"{Size}", $"{Size}", $"{RenderedFrames}", Joint];
        var (native, ours) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            // The first of a pair in turns: what else runs on the machine slows both alike.
            var (c, own) = round % 2 == 0 ? (yardstick.Measure(what), Own(yardstick.Model, what)) : Turned(Own(yardstick.Model, what), yardstick.Measure(what));
            if (c.Checksum != own.Checksum) throw new BenchmarkException($"the two loops saw different things ({c.Checksum} and {own.Checksum}), so they cannot be compared");
            (native[round], ours[round]) = (c.PerSecond, own.PerSecond);
        }
        var ratio = Math.Round(Median([.. native.Zip(ours, (c, own) => own / c)]), 3);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"picture, depth and segmentation, {Size} x {Size}, frames/s: C {Median(native):0.0}, C# {Median(ours):0.0}, ratio {ratio}"));
        return (Median(native), Median(ours), ratio);

        static (Measurement, Measurement) Turned(Measurement own, Measurement c) => (c, own);
    }

    private static Measurement Own(string model, string[] what) =>
        Measurement.Parse(NativeYardstick.Run(RobotWorkerCommand.Host, [Path.Combine(AppContext.BaseDirectory, "RobotWorker.Benchmarks.dll"), RenderLoop.Verb, model, .. what], ""));

    /// <returns>Verified episodes an hour.</returns>
    private static double Generate(int workers, bool shadows)
    {
        var folder = Directory.CreateTempSubdirectory("generate-benchmark-").FullName;
        try
        {
            var spec = Read(folder, shadows);
            using var shelf = new EpisodeShelf(folder, spec.Layout);
            shelf.Open("benchmark", resume: false);
            var timings = new List<EpisodeTiming>();
            var generator = new DatasetGenerator(spec, shelf, [RobotWorkerCommand.Host, RobotWorkerCommand.Program, "render-film"], "benchmark", timings.Add);
            var episodes = EpisodesAWorker * workers;
            var begin = Stopwatch.GetTimestamp();
            var made = generator.Make(episodes, workers, _ => { }, default);
            var making = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            generator.AssembleAsync(folder, episodes, default).Wait();
            var all = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            var rate = made.Succeeded / all * 3600;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{workers,7} {(shadows ? "yes" : "no"),8} {rate,11:0} {timings.Average(t => t.Frames),7:0} {timings.Average(t => t.Simulating),9:0.00} {timings.Average(t => t.Rendering),7:0.00} {timings.Average(t => t.Encoding),7:0.00} {timings.Average(t => t.Writing) + ((all - making) / episodes),6:0.00}"));
            return rate;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static GenerateSpec Read(string folder, bool shadows)
    {
        var file = Path.Combine(folder, "spec.yaml");
        var camera = $"{{width: {Size}, height: {Size}, depth: true, segmentation: true, shadows: {(shadows ? "true" : "false")}}}";
        File.WriteAllText(file, $"generate: robotworker/v1\nname: benchmark\nplan: {Repository.PathOf(Plan)}\nseed: 1\nfps: 10\ncameras:\n  overview: {camera}\n  {Camera}: {camera}\ninstructions: [Put the red cup on the shelf.]\n");
        var bag = new DiagnosticBag();
        return GenerateSpecReader.Read(file, bag) ?? throw new BenchmarkException(string.Join("; ", bag.All));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
