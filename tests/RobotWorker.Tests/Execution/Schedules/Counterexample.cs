using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>A schedule that broke an invariant, made as small as it gets and written down so that the command shows it again.</summary>
/// <param name="File">The scenario's file.</param>
internal sealed record Counterexample(ScheduleScript Script, Finding Finding, string File)
{
    public static Counterexample Of(ScheduleScript script, Finding finding, Func<TimeProvider, TimeProvider>? clock = null)
    {
        var smallest = Shrinking.Smallest(script, candidate => ScheduleJudge.Judge(candidate, clock: clock).Exists(f => f.Invariant == finding.Invariant));
        var shown = ScheduleJudge.Judge(smallest, clock: clock).First(f => f.Invariant == finding.Invariant);
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("ROBOTWORKER_COUNTEREXAMPLES") ?? Repository.PathOf("artifacts/counterexamples")).FullName;
        var file = Path.Combine(folder, $"schedule-{script.Seed}.yaml");
        System.IO.File.WriteAllText(file, ScenarioFile.Write(ScheduleJudge.ToScenario(smallest, $"{shown.Invariant}: {shown.What}\n{smallest}", clock)));
        return new(smallest, shown, file);
    }

    /// <summary>What it is, how to see it again, and how it goes.</summary>
    public override string ToString()
    {
        var run = new ScheduleRun(Script).Play(out _);
        var story = Timeline.Of(run.Before, run.Events).Select(e => $"{e.At.TotalSeconds,8:0.00} {e.Text}");
        return $"{Finding.Invariant}: {Finding.What}\n{Script}\n./robotworker sim replay {File}\n{string.Join('\n', story)}";
    }
}
