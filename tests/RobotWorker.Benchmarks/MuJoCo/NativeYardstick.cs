using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RobotWorker.Benchmarks.MuJoCo;

/// <summary>The C program: compiled into a temporary folder with gcc, run as its own process.</summary>
internal sealed class NativeYardstick : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mujoco-step-").FullName;

    public NativeYardstick(string mjcf)
    {
        File.WriteAllText(Model, mjcf);
        var source = Path.Combine(AppContext.BaseDirectory, "native", "mujoco-step.c");
        Run("gcc", ["-O2", "-o", Binary, source, "-lmujoco", "-lm"], "It needs gcc and libmujoco-dev: `apt-get install gcc libc6-dev libmujoco-dev`.");
    }

    private string Model => Path.Combine(_folder, "model.xml");
    private string Binary => Path.Combine(_folder, "mujoco-step");

    /// <summary>One run: steps a second and the checksum of where everything ended.</summary>
    public Measurement Measure(int steps)
    {
        var numbers = Run(Binary, [Model, steps.ToString(CultureInfo.InvariantCulture), ArmModel.RobotDofs.ToString(CultureInfo.InvariantCulture)], "")
            .Split(' ', StringSplitOptions.TrimEntries);
        return new Measurement(double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Run(string program, string[] arguments, string hint)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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

/// <summary>A run's speed and a number that depends on every position at its end.</summary>
internal readonly record struct Measurement(double StepsPerSecond, double Checksum);
