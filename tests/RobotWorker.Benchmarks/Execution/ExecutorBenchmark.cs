using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>What the executor itself costs a step: no-op skills over the in-process graph, flat and in a tree 20 deep with hold conditions and ten facts a step.</summary>
internal static class ExecutorBenchmark
{
    private const int Few = 1_000, Many = 10_000, Rounds = 5;

    public static BenchmarkResult Run()
    {
        // The first runs are the compiler's, not the executor's: uncounted, a slow small plan would flatter the growth.
        for (var round = 0; round < 3 * Rounds; round++)
        {
            RunOnce(NoOpPlans.Flat(Few), facts: false);
            RunOnce(NoOpPlans.Deep(Few), facts: true);
        }
        var flatFew = Measure("flat", NoOpPlans.Flat(Few), Few, facts: false);
        var flatMany = Measure("flat", NoOpPlans.Flat(Many), Many, facts: false);
        var deepFew = Measure("20 deep, holds, 10 facts", NoOpPlans.Deep(Few), Few, facts: true);
        var deepMany = Measure("20 deep, holds, 10 facts", NoOpPlans.Deep(Many), Many, facts: true);
        return new(flatMany.Microseconds, "us/step")
        {
            More =
            [
                ("growth", flatMany.Microseconds / flatFew.Microseconds), ("flat_1000", flatFew.Microseconds), ("flat_bytes", flatMany.Bytes),
                ("deep_10000", deepMany.Microseconds), ("deep_1000", deepFew.Microseconds), ("deep_growth", deepMany.Microseconds / deepFew.Microseconds),
                ("deep_bytes", deepMany.Bytes), ("bytes_growth", flatMany.Bytes / flatFew.Bytes),
            ],
        };
    }

    /// <summary>
    /// The best of several rounds: what else the machine does only ever adds. A round of the small plan runs it as often as makes the steps of the
    /// large one, so that garbage collections fall on both alike.
    /// </summary>
    private static (double Microseconds, double Bytes) Measure(string name, Plan plan, int steps, bool facts)
    {
        var best = double.MaxValue;
        var bytes = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var (seconds, allocated) = (0.0, 0.0);
            for (var done = 0; done < Many; done += steps)
            {
                var (time, more) = RunOnce(plan, facts);
                (seconds, allocated) = (seconds + time, allocated + more);
            }
            if (seconds < best) (best, bytes) = (seconds, allocated);
        }
        var microseconds = best / Many * 1e6;
        Console.WriteLine($"{name,-26} {steps,6} steps {microseconds,8:0.00} us and {bytes / Many,8:0} bytes a step");
        return (microseconds, bytes / Many);
    }

    /// <summary>One run; with a journal behind it, when that is given.</summary>
    public static (double Seconds, double Bytes) RunOnce(Plan plan, bool facts, IJournal? journal = null)
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var setup = new WorkerSetup(NoOpPlans.Catalogue, FaultCatalogue.Empty, ExecutionOptions.Default);
        var worker = new Worker(setup, loop.Time, journal ?? new MemoryJournal(), NoOneThere.Instance, NoOneThere.Instance, _ => null);
        var graph = new InProcessGraph(loop.Time, loop: loop);
        using var robotSide = graph.Connect("robot");
        using var workerSide = graph.Connect("worker");
        using var server = robotSide.AdvertiseAction("/nothing", new NoOpServer());
        var robot = new NoOpRobot(worker, workerSide.ActionClient<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback>("/nothing"), facts);
        robot.TellFacts();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.GetTimestamp();
        var result = loop.Run(() => worker.RunAsync(plan, Episode.Of(plan.Id, 0, 1), robot, CancellationToken.None));
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        if (result.Report.Outcome != EpisodeOutcome.Succeeded) throw new BenchmarkException($"the run ended as {result.Report.Outcome}: {result.Report.Reason}");
        return (seconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private sealed class NoOneThere : IPerson, IPlanner
    {
        public static readonly NoOneThere Instance = new();

        public Task<string?> AskAsync(Question question, CancellationToken cancel) => Task.FromResult<string?>(null);

        public PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request) => new(null, "nothing fails here");
    }
}
