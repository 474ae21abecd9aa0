using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RobotWorker.Benchmarks.MuJoCo;

/// <summary>A C program: compiled into a temporary folder with gcc, run as its own process.</summary>
internal sealed class NativeYardstick : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mujoco-yardstick-").FullName;

    /// <param name="program">Its name in <c>native</c>, without the ending.</param>
    /// <param name="libraries">What it is linked with besides MuJoCo.</param>
    public NativeYardstick(string program, string mjcf, params string[] libraries)
    {
        File.WriteAllText(Model, mjcf);
        var source = Path.Combine(AppContext.BaseDirectory, "native", program + ".c");
        Run("gcc", ["-O2", "-o", Binary, source, "-lmujoco", "-lm", .. libraries], "It needs gcc and libmujoco-dev: `apt-get install gcc libc6-dev libmujoco-dev libegl-dev`.");
    }

    /// <summary>The model's file.</summary>
    public string Model => Path.Combine(_folder, "model.xml");

    private string Binary => Path.Combine(_folder, "yardstick");

    /// <summary>One run: how many a second, and a checksum of where it ended.</summary>
    /// <param name="arguments">Behind the model's file.</param>
    public Measurement Measure(params string[] arguments) => Measurement.Parse(Run(Binary, [Model, .. arguments], ""));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a program to its end, and gives what it printed.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static string Run(string program, string[] arguments, string hint)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["LP_NUM_THREADS"] = "0";    // one thread draws, as in the films of a data set
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return output;
            throw new BenchmarkException($"{Path.GetFileName(program)} failed: {errors.GetAwaiter().GetResult().Trim()} {hint}".TrimEnd());
        }
        catch (Win32Exception)
        {
            throw new BenchmarkException($"{program} cannot be started. {hint}".TrimEnd());
        }
    }
}

/// <summary>A run's speed (steps or frames a second) and a number that depends on all that it ended with.</summary>
internal readonly record struct Measurement(double PerSecond, double Checksum)
{
    /// <summary>As the programs print it: two numbers.</summary>
    public static Measurement Parse(string line) =>
        line.Split(' ', StringSplitOptions.TrimEntries) is [var speed, var sum] ? new(double.Parse(speed, CultureInfo.InvariantCulture), double.Parse(sum, CultureInfo.InvariantCulture)) : throw new BenchmarkException($"no measurement: {line}");
}
