namespace RobotWorker.Generation.Suites;

/// <summary>How far a suite has come.</summary>
/// <param name="Done">Of all runs, those that are there.</param>
/// <param name="All">As far as known: how many clean runs fill the wanted time is an estimate.</param>
public sealed record SuiteProgress(int Done, int All, SuiteOutcome Last);

/// <summary>Makes the runs that are not there yet, on all cores. Each run has a thread and a loop of its own, so that their order changes nothing.</summary>
/// <param name="first">The first seed.</param>
public sealed class SuiteRunner(FaultSuite suite, IReadOnlyCollection<SuiteCondition> conditions, ulong first, int workers)
{
    // Until the first is done nobody knows how long a clean run is.
    private const double SecondsOfARun = 45;

    /// <summary>Blocks until all are made, or until it is stopped; then the runs under way are ended and left out.</summary>
    /// <param name="before">What was made already.</param>
    /// <param name="made">On any thread, one at a time.</param>
    /// <returns>All outcomes.</returns>
    public IReadOnlyCollection<SuiteOutcome> Run(IReadOnlyCollection<SuiteOutcome> before, Action<SuiteProgress> made, CancellationToken stop)
    {
        var all = before.ToDictionary(o => o.Run.Id, StringComparer.Ordinal);
        var gate = new Lock();
        foreach (var condition in conditions)
        {
            var withFaults = SuiteProgram.WithFaults(suite, condition, first).ToList();
            Make(withFaults.Where(r => !all.ContainsKey(r.Id)), () => withFaults.Count);
            // A block at a time, so that no more is made than is wanted.
            var number = 0;
            while (!stop.IsCancellationRequested && CleanSeconds(condition) < condition.Clean.TotalSeconds)
            {
                var block = SuiteProgram.Clean(suite, condition, first, number).Take(workers).ToList();
                number += block.Count;
                Make(block.Where(r => !all.ContainsKey(r.Id)), () => withFaults.Count + CleanRuns(condition));
            }
        }
        return [.. all.Values];

        void Make(IEnumerable<SuiteRun> runs, Func<int> count)
        {
            var left = new Queue<SuiteRun>(runs);
            var threads = Enumerable.Range(0, workers).Select(n => new Thread(() => Work(left, count)) { Name = $"suite {n}" }).ToList();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }

        void Work(Queue<SuiteRun> left, Func<int> count)
        {
            while (!stop.IsCancellationRequested)
            {
                SuiteRun? run;
                lock (gate)
                    if (!left.TryDequeue(out run)) return;
                var outcome = SuiteEpisode.Run(suite, run, stop);
                lock (gate)
                {
                    // What was broken off says nothing.
                    if (stop.IsCancellationRequested) return;
                    all[run.Id] = outcome;
                    made(new(all.Values.Count(o => o.Run.Condition == run.Condition), count(), outcome));
                }
            }
        }

        double CleanSeconds(SuiteCondition condition) => all.Values.Where(o => o.Run.Fault is null && o.Run.Condition == condition.Name).Sum(o => o.Seconds);

        int CleanRuns(SuiteCondition condition)
        {
            var lengths = all.Values.Where(o => o.Run.Fault is null && o.Run.Condition == condition.Name).Select(o => o.Seconds).DefaultIfEmpty(SecondsOfARun).Average();
            return (int)Math.Ceiling(condition.Clean.TotalSeconds / Math.Max(1, lengths));
        }
    }
}
