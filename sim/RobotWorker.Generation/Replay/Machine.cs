using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Replay;

/// <summary>All that the bits of a physics step depend on besides its numbers.</summary>
/// <param name="MuJoCo">Its version.</param>
/// <param name="Library">SHA-256 of MuJoCo's library.</param>
/// <param name="MathLibrary">SHA-256 of C's mathematical library: sines differ in their last bits between versions.</param>
/// <param name="Architecture">Of the processor.</param>
/// <param name="Instructions">Those by whose presence the mathematical library chooses its code.</param>
internal sealed record Machine([property: JsonPropertyName("mujoco")] string MuJoCo, string Library, string MathLibrary, string Architecture, string Instructions)
{
    private static readonly Lazy<Machine> Known = new(Look);

    /// <summary>This one.</summary>
    public static Machine Here => Known.Value;

    /// <summary>What is another here than it was there; null: nothing that matters.</summary>
    public static string? WhyNotComparable(Machine made, Machine here)
    {
        if (made.MuJoCo != here.MuJoCo) return $"it was made with MuJoCo {made.MuJoCo}, and here is {here.MuJoCo}";
        if (made.Architecture != here.Architecture) return $"it was made on a processor of the architecture {made.Architecture}, and this one is {here.Architecture}";
        if (made.Library != here.Library) return $"it was made with another build of MuJoCo {made.MuJoCo} (SHA-256 {Short(made.Library)}, here {Short(here.Library)})";
        if (made.MathLibrary != here.MathLibrary) return $"it was made with another build of C's mathematical library (SHA-256 {Short(made.MathLibrary)}, here {Short(here.MathLibrary)})";
        if (made.Instructions != here.Instructions) return $"it was made on a processor with the instructions {Listed(made.Instructions)}, and this one has {Listed(here.Instructions)}";
        return null;
    }

    private static Machine Look()
    {
        MuJoCoLibrary.Load();
        using var process = Process.GetCurrentProcess();
        var files = process.Modules.Cast<ProcessModule>().Select(m => m.FileName).ToList();
        var asked = Path.GetFileName(MuJoCoLibrary.FileName);
        var library = files.Find(f => Path.GetFileName(f) == asked) ?? files.Find(f => Path.GetFileName(f).StartsWith("libmujoco", StringComparison.Ordinal));
        var mathematics = files.Find(f => Path.GetFileName(f) is var name && (name.StartsWith("libm.so", StringComparison.Ordinal) || name.StartsWith("libm-", StringComparison.Ordinal)));
        return new(MuJoCoLibrary.VersionText, SumOf(library), SumOf(mathematics), $"{RuntimeInformation.ProcessArchitecture}", Instructed());
    }

    private static string SumOf(string? file)
    {
        if (file is null) return "";    // a platform that has it within another library
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Instructed() => string.Join(' ', new[] { (Avx2.IsSupported, "AVX2"), (Fma.IsSupported, "FMA"), (Avx512F.IsSupported, "AVX512F") }.Where(i => i.Item1).Select(i => i.Item2));

    private static string Short(string sum) => sum.Length > 0 ? sum[..Math.Min(12, sum.Length)] : "unknown";

    private static string Listed(string instructions) => instructions.Length > 0 ? instructions : "of its base set alone";
}
