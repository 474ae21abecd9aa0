using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>A job over a wire that delays, loses, doubles and swaps messages: the goal is met in truth, and nothing was done twice.</summary>
[TestFixture]
public sealed class LossyWireTests
{
    private const double Rate = 2;

    [TestCase(2ul, false)]
    [CancelAfter(300_000)]
    public void OneCup_OverALossyWire_MeetsItsGoalAndPlacesNothingTwice(ulong seed, bool overRos1) => Run("sim/tasks/one-cup-to-shelf.yaml", seed, overRos1);

    [Test]
    [Category("Slow")]
    [CancelAfter(300_000)]
    public void TidyTable_OverALossyWire_MeetsItsGoalAndPlacesNothingTwice([Range(1, 10)] int seed) => Run(Story.Task, (ulong)seed, overRos1: seed % 2 == 1);

    private static void Run(string task, ulong seed, bool overRos1)
    {
        Simulator.Require();
        var job = WiredRun.Read(Repository.PathOf(task), "sim/faults/link-lossy.yaml");
        using var master = overRos1 ? RosMaster.Start() : null;
        using var robot = new ServedRobot(
            new(job.Scene, job.Robot), new(seed, WallClock.Real) { Rate = Rate, Master = master?.Uri, IsWireFaulty = true, Faults = job.Faults });

        var run = WiredRun.Over(robot.Address, job, seed, Path.Combine(Story.Folder, "lossy", $"{seed}-{overRos1}"), WallClock.Real, rate: Rate,
            // On such a line three attempts are soon spent: whoever is asked lets it go on.
            person: _ => new LetsItGoOn());

        var story = $"seed {seed}, {(overRos1 ? "ROS 1" : "rosbridge")}\n{WiredRun.Story(run)}\n{string.Join('\n', robot.Holdings)}\n{WiredRun.Happened(run)}";
        Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), story);
        Assert.That(robot.Holds(job.Plan.Goal!), Is.True, story);
        Assert.That(Invariants.Broken(run, job.Plan), Is.Empty, story);
        Assert.That(robot.Holdings.Where(h => h is { WasLetGo: true, LiftedMetres: > 0.05 }).CountBy(h => h.Object).Where(times => times.Value > 1), Is.Empty, () => $"placed twice\n{story}");
    }

    /// <summary>Whatever is asked: retry, continue, look.</summary>
    private sealed class LetsItGoOn : IPerson
    {
        public Task<string?> AskAsync(Question question, CancellationToken cancel) => Task.FromResult<string?>(question.Options[0]);
    }
}
