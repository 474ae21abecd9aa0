using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;

namespace RobotWorker.Cli.Views;

/// <summary>A timeline with the verdict of the audit: what was broken stands where it was broken.</summary>
internal static class AuditView
{
    /// <returns>The process's exit code.</returns>
    public static int Print(TextWriter output, PlanState before, IReadOnlyList<Event> events, bool all)
    {
        var audit = SafetyAudit.Of(before, events);
        var broken = new Queue<Breach>(audit.Breaches);
        foreach (var (at, text) in Timeline.Of(before, events, all))
        {
            while (broken.TryPeek(out var next) && next.At < at) output.WriteLine(Line(broken.Dequeue()));
            output.WriteLine($"{at.TotalSeconds,9:0.000} s  {text}");
        }
        foreach (var last in broken) output.WriteLine(Line(last));
        output.WriteLine();
        foreach (var (name, statement) in SafetyAudit.All)
        {
            var count = audit.Breaches.Count(b => b.Invariant == name);
            if (count > 0) output.WriteLine($"BROKEN {count,5} times  {name}: {statement}");
            else if (all) output.WriteLine(audit.Met[name] == 0 ? $"          not met  {name}: {statement}" : $"held   {audit.Met[name],5} times  {name}: {statement}");
        }
        output.WriteLine(audit.Breaches.IsEmpty
            ? $"Every invariant held: {audit.Met.Count(m => m.Value > 0)} of {audit.Met.Count} had something to say, {audit.Met.Values.Sum()} times, in {events.Count} events."
            : $"{audit.Breaches.Select(b => b.Invariant).Distinct().Count()} of {audit.Met.Count} invariants were broken.");
        return audit.Breaches.IsEmpty ? ExitCode.Success : ExitCode.Failed;
    }

    private static string Line(Breach breach) => $"{breach.At.TotalSeconds,9:0.000} s  BROKEN  {breach.Invariant}: {breach.What}";
}
