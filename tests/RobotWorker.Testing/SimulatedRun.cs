using System.Collections.Immutable;
using NUnit.Framework;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Time;

namespace RobotWorker.Testing;

/// <summary>A whole episode of a task on the simulated robot, in this process and at virtual pace, with nobody there to answer.</summary>
/// <param name="States">The executor's state after each event of the journal.</param>
/// <param name="Mcap">The path of the recording.</param>
public sealed record SimulatedRun(Job Job, RunResult Result, ImmutableArray<PlanState> States, string Mcap)
{
    /// <param name="task">The plan's file in the repository, such as <c>sim/tasks/tidy-table.yaml</c>.</param>
    /// <param name="folder">Where the episode's files go.</param>
    /// <param name="throughCdr">Sends every message through CDR.</param>
    /// <param name="stop">Stops it from outside.</param>
    /// <param name="watch">Sees every state as it comes, on the episode's loop.</param>
    public static SimulatedRun Of(
        string task, ulong seed, string folder, bool throughCdr = false, StopSwitch? stop = null, Action<PlanState>? watch = null)
    {
        var job = Read(task);
        var options = new RunOptions(seed, Pace.Virtual, folder, VideoMode.None, []) { ThroughCdr = throughCdr };
        var run = new EpisodeRun(job, options, _ => new AnswersPerson([], _ => { }), stop ?? new());
        var states = new Keeper(watch);
        run.Subscribe(states);
        Directory.CreateDirectory(folder);
        var result = run.Run();
        return new(job, result, [.. states.Kept], result.Report.Files["mcap"]);
    }

    private static Job Read(string task)
    {
        var bag = new DiagnosticBag();
        var job = JobReader.Read(Repository.PathOf(task), scene: null, bag);
        Assert.That(job, Is.Not.Null, () => string.Join('\n', bag.All));
        return job!;
    }

    private sealed class Keeper(Action<PlanState>? watch) : IEpisodeObserver
    {
        public List<PlanState> Kept { get; } = [];

        public void OnTransition(Event happened, PlanState after)
        {
            Kept.Add(after);
            watch?.Invoke(after);
        }
    }
}
