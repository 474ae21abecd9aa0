using RobotWorker.Episodes;
using RobotWorker.Execution.Core;

namespace RobotWorker.Cli.Views;

/// <summary>One line for each change of a step, fault or decision: for pipes, files and people who scroll.</summary>
internal sealed class LineView : RunView
{
    private readonly Dictionary<string, StepReport> steps = new(StringComparer.Ordinal);
    private int faults, healed, recoveries;

    public override void OnTransition(Event happened, PlanState after)
    {
        if (happened is Event.FactObserved or Event.GoalChanged) return;
        if (Words.Of(happened) is { } news) Console.Out.WriteLine($"episode  {after.Now.Seconds,7:0.0} s  {news}");
        var report = Reporting.SoFar(after);
        foreach (var step in report.Steps) Tell(step, after.Now.Seconds);
        foreach (var fault in report.Faults.Skip(faults)) Console.Out.WriteLine($"fault    {Words.Of(fault)}");
        if (report.Faults.Count(f => f.HealedAt is not null) > healed)
            Console.Out.WriteLine($"healed   {after.Now.Seconds,7:0.0} s  {string.Join(", ", report.Faults.Where(f => f.HealedAt is not null).Skip(healed).Select(f => f.Code))}");
        foreach (var entry in report.Recoveries.Skip(recoveries)) Console.Out.WriteLine($"recovery {Words.Of(entry)}");
        (faults, healed, recoveries) = (report.Faults.Length, report.Faults.Count(f => f.HealedAt is not null), report.Recoveries.Length);
    }

    // The answer came through a pipe: nobody has ended the prompt's line.
    public override void Answered() => Console.Error.WriteLine();

    private void Tell(StepReport step, double seconds)
    {
        if (steps.TryGetValue(step.Id, out var before) && before == step) return;
        steps[step.Id] = step;
        if (step.State == StepStatus.Waiting) return;
        Console.Out.WriteLine(
            $"step     {seconds,7:0.0} s  {Words.Short(step.Id),-24} {Words.Of(step.State),-12} reported {Words.Of(step.Reported),-9} observed {Words.Of(step.Observed),-9} attempt {step.Attempts}");
    }
}
