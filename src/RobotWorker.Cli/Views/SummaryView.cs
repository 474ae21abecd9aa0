using RobotWorker.Cli.Commands;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;

namespace RobotWorker.Cli.Views;

/// <summary>What stands on the screen when an episode is over.</summary>
internal static class SummaryView
{
    public static void Print(Plan plan, RunResult result, RunRequest request)
    {
        var report = result.Report;
        Console.Out.WriteLine();
        var took = request.Robot is { } robot
            ? $"after {result.Timing.Simulated:0.0} s of the robot's clock at {robot}"
            : $"after {result.Timing.Simulated:0.0} s simulated in {result.Timing.Total:0.0} s";
        Console.Out.WriteLine($"{plan.Id}: {Words.Of(report.Outcome)} {took}. {report.Reason}");
        if (report.GoalMet is { } met) Console.Out.WriteLine($"The goal, by the simulator's truth: {(met ? "met" : "not met")}.");
        foreach (var slip in report.Truth?.Slips ?? [])
            Console.Out.WriteLine($"In truth, {slip.Object} slipped at {slip.LostContactAt.Seconds:0.0} s, fell {slip.FellMetres:0.00} m and came to rest {slip.DisplacedMetres:0.00} m from where it had lain.");
        foreach (var fault in report.Faults) Console.Out.WriteLine($"Fault:    {Words.Of(fault).Trim()}");
        foreach (var entry in report.Recoveries) Console.Out.WriteLine($"Recovery: {Words.Of(entry).Trim()}");
        foreach (var notice in result.Notices) Console.Out.WriteLine($"Note:     {notice}");
        foreach (var (kind, path) in report.Files) Console.Out.WriteLine($"{char.ToUpperInvariant(kind[0]) + kind[1..] + ":",-9} {path}");
        if (request is { Timing: true, Robot: null }) PrintTiming(result.Timing);
    }

    private static void PrintTiming(RunTiming t)
    {
        Console.Out.WriteLine($"Timing:   {t.Total:0.00} s of wall time for {t.Simulated:0.0} s simulated");
        Console.Out.WriteLine($"          set-up {t.Setup:0.00} s, physics {t.Physics:0.00} s, skills {t.Skills:0.00} s, recording {t.Recording:0.00} s, waiting for the film {t.Waiting:0.00} s");
        Console.Out.WriteLine($"          beside it, in a process of its own: rendering {t.Rendering:0.00} s, encoding {t.Encoding:0.00} s");
    }
}
