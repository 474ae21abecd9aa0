using RobotWorker.Diagnostics;

namespace RobotWorker.Cli.Views;

/// <summary>Diagnostics on the standard error, one a line.</summary>
internal static class DiagnosticView
{
    public static void Print(DiagnosticBag bag)
    {
        foreach (var found in bag.All) Console.Error.WriteLine($"{(found.Severity == Severity.Warning ? "warning " : "")}{found}");
        if (bag.HasErrors) Console.Error.WriteLine("Nothing was started.");
    }
}
