using System.Text.RegularExpressions;

namespace RobotWorker.Tests.Architecture;

/// <summary>Words that product code does not use, and why. Beside BannedSymbols.txt, which sees symbols: these also find what another overload hides.</summary>
/// <param name="Pattern">What is looked for.</param>
/// <param name="Applies">In which files.</param>
/// <param name="Why">What goes wrong otherwise.</param>
internal sealed partial record SourceRule(Regex Pattern, Func<string, bool> Applies, string Why)
{
    public static readonly SourceRule LeavesTheLoop = new(
        LeavingWords(), path => !IsOffTheLoop(path), "it leaves the episode's thread, and runs are no longer reproducible");

    public static readonly SourceRule Blocks = new(
        BlockingWords(), path => path != "src/RobotWorker/Time/EpisodeLoop.cs", "the loop's Run is the only place that blocks on async code");

    public static readonly SourceRule BreaksIn = new(
        BackDoors(), path => path.StartsWith("src/RobotWorker.Skills/", StringComparison.Ordinal),
        "a skill reaches the robot through ROS alone: not the simulator, not by its name, not by reflection, not by a native library");

    public IEnumerable<string> Violations(IEnumerable<Source> sources) => sources
        .Where(source => Applies(source.Path))
        .SelectMany(source => source.Lines(Pattern))
        .Select(line => $"{line} ({Why})");

    // Wires and links decode on threads of their own; station and fleet host servers.
    private static bool IsOffTheLoop(string path) =>
        path.Split('/') is var parts && (parts.Contains("Wire") || parts.Contains("Links") || parts.Contains("RobotWorker.Station") || parts.Contains("RobotWorker.Fleet"));

    [GeneratedRegex(@"ConfigureAwait\s*\(\s*(continueOnCapturedContext:\s*)?false|RunContinuationsAsynchronously|\bTask\.Run\b|\bTask\.Factory\b|\bParallel\.|\bThreadPool\.|ReadAllAsync|async void")]
    private static partial Regex LeavingWords();

    [GeneratedRegex(@"GetAwaiter\(\)\s*\.GetResult\(\)|\.Wait\(\)|Task\.WaitA(ll|ny)\(")]
    private static partial Regex BlockingWords();

    [GeneratedRegex(@"RobotWorker\.(Sim|MuJoCo|Generation)|Type\.GetType|Assembly\.|AssemblyLoadContext|Activator\.|DllImport|LibraryImport|NativeLibrary|MakeGenericType|libmujoco|BindingFlags")]
    private static partial Regex BackDoors();
}
