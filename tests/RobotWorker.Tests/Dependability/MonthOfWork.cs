using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Plans;
using RobotWorker.Recording.Journals;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Dependability;

/// <summary>
/// A robot that works around the clock for a month, an hour an episode, at virtual pace: a scripted robot under the real worker, over the real journal. Its faults come and go after
/// exponential times of known means.
/// </summary>
internal sealed class MonthOfWork(ulong seed) : IPerson, IPlanner
{
    private const string Hour = "{id: root, sequence: [{id: a, skill: wave, deadline: 1h}, {id: b, skill: wave, deadline: 1h}, {id: c, skill: wave, deadline: 1h}, {id: d, skill: wave, deadline: 1h}, {id: e, skill: wave, deadline: 1h}]}";

    // The lens is dirtied by the room each nine hours, and one hot drive in three fogs it at once: both together are a Poisson process again.
    private const double Fogged = 1.0 / 3, DirtyHours = 9, HotHours = 14;

    /// <summary>Mean hours between onsets and mean seconds to the end of each fault.</summary>
    public static readonly (string Code, double Hours, double Seconds)[] Truth =
        [("GRIPPER_WEAK", 6, 20), ("DRIVE_HOT", HotHours, 120), ("SKIN_TOUCHED", 60, 200), ("LENS_DIRTY", 1 / ((1 / DirtyHours) + (Fogged / HotHours)), 300)];

    private readonly HashSet<string> active = [];

    private readonly RandomStream chance = RandomStream.For(seed, "month", "faults");
    private TimeProvider time = TimeProvider.System;

    /// <summary>Works so many episodes, the first of which begins at <paramref name="start"/>; each begins on the hour, or after the one before.</summary>
    public void Into(string journalFile, DateTimeOffset start, int episodes)
    {
        using var journal = RobotJournal.Open(journalFile, "a month of work");
        var free = start;
        for (var hour = 0; hour < episodes; hour++)
        {
            var began = start + TimeSpan.FromHours(hour);
            free = Work(journal, began > free ? began : free) + TimeSpan.FromMinutes(1);
        }
    }

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        await Task.Delay(TimeSpan.FromSeconds(15), time, cancel);
        return question.Options.Contains("continue") ? "continue" : "retry";
    }

    public PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request) => new(null, "nothing is to be repaired");

    private DateTimeOffset Work(RobotJournal journal, DateTimeOffset began)
    {
        var plan = Kitchen.Plan(Hour, "limits: {deadline: 24h}");
        var episode = Episode.Of(plan.Id, plan.Revision, 1, began);
        using var kept = journal.Begin(new(episode, $"hour-{began:yyyyMMdd-HHmm}", plan, began, "{}"));
        var loop = new EpisodeLoop(Pace.Virtual);
        time = loop.Time;
        var worker = new Worker(Kitchen.Setup, time, kept, this, this, _ => null);
        var robot = new ScriptedRobot(time, worker) { Otherwise = _ => new(Seconds: 620) };
        robot.True.UnionWith(["localized(robot)", "empty(gripper)"]);
        active.Clear();
        foreach (var (code, hours, seconds) in Truth) LetFail(worker, robot, code, TimeSpan.FromHours(code == "LENS_DIRTY" ? DirtyHours : hours), TimeSpan.FromSeconds(seconds));
        LetLinkFail(worker);
        var result = loop.Run(() => worker.RunAsync(plan, episode, robot, CancellationToken.None));
        kept.End(result.Report);
        return began + result.State.At;
    }

    // What was drawn for an episode is gone with it: exponential times remember nothing.
    private void LetFail(Worker worker, ScriptedRobot robot, string code, TimeSpan between, TimeSpan mend) => In(Histories.Exponential(chance, between), () =>
    {
        var fogs = code == "DRIVE_HOT" && chance.NextDouble() < Fogged;
        if (fogs) In(TimeSpan.FromSeconds(0.4), () => Fail(worker, robot, "LENS_DIRTY", TimeSpan.FromSeconds(300), () => { }));
        Fail(worker, robot, code, mend, () => LetFail(worker, robot, code, between, mend));
    });

    private void Fail(Worker worker, ScriptedRobot robot, string code, TimeSpan mend, Action afterwards)
    {
        if (!active.Add(code))
        {
            afterwards();
            return;
        }
        var fault = Kitchen.FaultOf(code, robot.Now);
        In(TimeSpan.FromSeconds(0.15), () => worker.FaultConfirmed(fault with { ConfirmedAt = robot.Now }));
        In(TimeSpan.FromSeconds(0.15) + Histories.Exponential(chance, mend), () =>
        {
            worker.FaultHealed(fault with { HealedAt = robot.Now });
            active.Remove(code);
            afterwards();
        });
    }

    private void LetLinkFail(Worker worker) => In(Histories.Exponential(chance, TimeSpan.FromHours(10)), () =>
    {
        worker.LinkLost();
        In(Histories.Exponential(chance, TimeSpan.FromSeconds(3)), worker.LinkBack);
    });

    private void In(TimeSpan wait, Action what) => time.CreateTimer(_ => what(), null, wait, Timeout.InfiniteTimeSpan);
}
