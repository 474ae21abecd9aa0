using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Core;
using RobotWorker.Execution;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Ros.Codecs;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Sensors;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>One task, run in process and over wires, so that the runs can be held against each other.</summary>
internal static class WiredRun
{
    /// <summary>A task with its scene; the faults that its simulation names are replaced.</summary>
    public static Job Read(string task, params string[] faults)
    {
        var bag = new DiagnosticBag();
        var job = JobReader.Read(task, scene: null, bag);
        var read = faults.SelectMany(f => FaultReader.Read(File.ReadAllText(Repository.PathOf(f)), f, bag)!.Value).ToImmutableArray();
        Assert.That(bag.All, Is.Empty);
        return job! with { Faults = read };
    }

    public static RunResult InProcess(Job job, ulong seed, string folder, DetectorNoise noise)
    {
        Directory.CreateDirectory(folder);
        var options = new RunOptions(seed, Pace.Virtual, folder, VideoMode.None, []) { Detector = noise };
        return new EpisodeRun(job, options, _ => new AnswersPerson([], _ => { }), new()).Run();
    }

    /// <param name="address">Of the robot, or of what stands before it.</param>
    /// <param name="wall">The worker's clock.</param>
    public static RunResult Over(
        string address, Job job, ulong seed, string folder, WallClock wall, RosDialect? dialect = null, SilencePolicy? silence = null, Action<RobotRun>? begins = null,
        StopSwitch? stop = null, Func<EpisodeLoop, IPerson>? person = null, double rate = 1) =>
        Over(
            new(RobotAddress.Parse(address)!) { Dialect = dialect, Problem = TestContext.Progress.WriteLine }, job, seed, folder, wall, silence, begins, stop ?? new(),
            person ?? (_ => new AnswersPerson([], _ => { })), rate);

    private static RunResult Over(
        RobotLine line, Job job, ulong seed, string folder, WallClock wall, SilencePolicy? silence, Action<RobotRun>? begins, StopSwitch stop, Func<EpisodeLoop, IPerson> person, double rate)
    {
        Directory.CreateDirectory(folder);
        var profile = Site.ProfileOf(job.Robot) with { Silence = silence ?? SilencePolicy.Standard };
        var told = new RobotJob(job.Plan, job.Catalogue, job.Site, profile, job.Documents);
        var run = new RobotRun(told, line, new(seed, folder) { Wall = wall, Rate = rate, ConnectDeadline = TimeSpan.FromSeconds(20) * rate }, person, stop);
        begins?.Invoke(run);
        return run.Run();
    }

    /// <summary>Every step with how it ended, in the order of the plan.</summary>
    public static string Outcomes(RunResult run) => string.Join('\n', run.Report.Steps.Select(s => $"{s.Id} {s.State} {s.Observed}"));

    /// <summary>What was decided, in order, without the evidence and its times.</summary>
    public static string Decisions(RunResult run) => string.Join('\n', run.Report.Recoveries.Select(r => $"{r.Step} {r.Effect} {r.Decision}"));

    /// <summary>The journal without facts and goals, for whoever reads why a test failed.</summary>
    public static string Happened(RunResult run) => string.Join('\n', run.Events.Where(e => e is not (Event.FactObserved or Event.GoalChanged or Event.TimerDue)));

    /// <summary>How a run went, for whoever reads why a test failed.</summary>
    public static string Story(RunResult run) =>
        $"{run.Report.Outcome}: {run.Report.Reason}\n{Outcomes(run)}\n{string.Join('\n', run.Report.Recoveries)}\n{string.Join('\n', run.Report.Faults)}";
}
