using RobotWorker.Episodes.Audit;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>A schedule that broke an invariant, made as small as it gets and written down so that the command shows it again.</summary>
/// <param name="File">The scenario's file.</param>
internal sealed record Counterexample(ScheduleScript Script, Finding Finding, string File)
{
    public static Counterexample Of(ScheduleScript script, Finding finding, string folder, Func<TimeProvider, TimeProvider>? clock = null)
    {
        var smallest = Shrinking.Smallest(script, candidate => ScheduleJudge.Judge(candidate, clock: clock).Exists(f => f.Invariant == finding.Invariant));
        var shown = ScheduleJudge.Judge(smallest, clock: clock).First(f => f.Invariant == finding.Invariant);
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"schedule-{script.Seed}.yaml");
        System.IO.File.WriteAllText(file, ScenarioFile.Write(ScheduleJudge.ToScenario(smallest, $"{shown.Invariant}: {shown.What}\n{smallest}", clock)));
        return new(smallest, shown, file);
    }

    /// <summary>What it is, and how to see it again.</summary>
    public override string ToString() => $"{Finding.Invariant}: {Finding.What}\n{Script}\n./robotworker sim replay {File}\n";
}
