using System.Collections.Immutable;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Generation.Evaluate;

/// <summary>How far an evaluation has come.</summary>
/// <param name="Succeeded">Of those that are done.</param>
public sealed record EvaluationProgress(int Done, int All, int Succeeded, EvaluationOutcome Last);

/// <summary>Makes the runs that are not there yet, on all cores. Each has a thread and a loop of its own, so that their order changes nothing.</summary>
/// <param name="policies">Each seed of a task for one after the other, so that a part of the runs says something about all of them.</param>
public sealed class EvaluationRunner(EvaluationSuite suite, ImmutableArray<NamedPolicy> policies, int workers)
{
    private readonly Lock gate = new();

    /// <summary>All runs, in the order in which they are made. A policy that has nothing for a seed is left out there.</summary>
    public ImmutableArray<EvaluationRun> Runs { get; } =
    [
        .. from number in Enumerable.Range(0, suite.Episodes)
           let seed = suite.Seed + (ulong)number
           from task in suite.Tasks
           from policy in policies
           where policy.Has(seed)
           select new EvaluationRun(policy.Text, policy.Sum, task.Name, seed),
    ];

    /// <summary>Blocks until all are made, or until it is stopped; then the runs under way are ended and left out.</summary>
    /// <param name="before">What was made already; what is none of these runs is left out.</param>
    /// <param name="made">On any thread, one at a time.</param>
    /// <returns>All outcomes, in the order of the runs.</returns>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    /// <exception cref="IOException">Of <paramref name="made"/>, as whatever else it throws: nothing more is made then.</exception>
    public IReadOnlyList<EvaluationOutcome> Run(IEnumerable<EvaluationOutcome> before, Action<EvaluationProgress> made, CancellationToken stop)
    {
        var wanted = Runs.ToHashSet();
        var all = before.Where(o => wanted.Contains(o.Run)).ToDictionary(o => o.Run);
        var left = Runs.Where(run => !all.ContainsKey(run)).ToList();
        Crew.Work("evaluate", workers, left, gate, (run, ending) =>
        {
            var outcome = EvaluationEpisode.Run(suite.Tasks.First(t => t.Name == run.Task), policies.First(p => p.Text == run.Policy), run, ending);
            lock (gate)
            {
                // What was broken off says nothing.
                if (ending.IsCancellationRequested) return;
                all[run] = outcome;
                made(new(all.Count, Runs.Length, all.Values.Count(o => o.Succeeded), outcome));
            }
        }, stop);
        return [.. Runs.Where(all.ContainsKey).Select(run => all[run])];
    }
}
