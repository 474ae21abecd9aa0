using System.Diagnostics;
using System.Text.Json;

namespace RobotWorker.Sabotage;

/// <summary>Compiles a project as its own build does, with some of its sources exchanged and without what only looks at style.</summary>
internal static class Compiling
{
    private static readonly string[] Style = ["NetAnalyzers", "CodeStyle", "BannedApi", "VisualStudio.Threading"];

    /// <param name="exchanged">Texts by the names under which the project compiles them.</param>
    /// <param name="work">A folder for the sources.</param>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static void Compile(string root, string project, IReadOnlyDictionary<string, string> exchanged, string work, string output)
    {
        var folder = Path.Combine(root, "src", project);
        var (_, told) = Run(folder, "msbuild", $"{project}.csproj", "-t:Compile", "-p:Configuration=Release", "-p:BuildProjectReferences=false", "-p:ProvideCommandLineArgs=true",
            "-p:SkipCompilerExecution=true", "-p:NonExistentFile=__none__", "-getItem:CscCommandLineArgs", "-getProperty:RoslynTargetsPath");
        using var answer = JsonDocument.Parse(told);
        var compiler = Path.Combine(answer.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!, "bincore", "csc.dll");
        var arguments = answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(a => a.GetProperty("Identity").GetString()!)
            .Where(a => !(a.StartsWith("/analyzer:", StringComparison.Ordinal) && Style.Any(a.Contains)))
            .Where(a => !a.StartsWith("/warnaserror", StringComparison.Ordinal) && !a.StartsWith("/out:", StringComparison.Ordinal) && !a.StartsWith("/refout:", StringComparison.Ordinal) && a != "/noconfig")
            .Select(a => exchanged.ContainsKey(a) ? Write(work, $"{project}.{a.Replace('/', '.')}", exchanged[a]) : a);
        var response = Write(work, $"{project}.rsp", string.Join('\n', arguments.Append(Write(work, $"{project}.Saboteur.cs", Weaving.Switch)).Append($"/out:\"{output}\"").Select(a => a.Contains(' ') && !a.Contains('"') ? $"\"{a}\"" : a)));
        var (code, said) = Run(folder, "exec", compiler, "/noconfig", "/warn:0", $"@{response}");
        if (code != 0) throw new InvalidOperationException(string.Join('\n', said.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Take(20)));
    }

    private static string Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static (int Code, string Output) Run(string folder, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
