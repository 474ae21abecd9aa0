using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Generation.Suites;

/// <summary>How far a suite has come.</summary>
/// <param name="Done">Of all runs of a condition, those that are there.</param>
/// <param name="All">As far as known: how many clean runs fill the wanted time is an estimate.</param>
public sealed record SuiteProgress(int Done, int All, SuiteOutcome Last);

/// <summary>Makes the runs that are not there yet, on all cores. Each has a thread and a loop of its own, so that their order changes nothing.</summary>
/// <param name="first">The first seed.</param>
/// <param name="workers">Runs at the same time.</param>
public sealed class SuiteRunner(FaultSuite suite, ulong first, int workers)
{
    // Until the first is done nobody knows how long a clean run is.
    private const double SecondsOfARun = 45;

    // What of ours broke before anything moved shall not be made again for ever.
    private const double LeastSeconds = 1;

    private readonly Lock gate = new();
    private readonly Dictionary<string, SuiteOutcome> all = new(StringComparer.Ordinal);

    /// <summary>Blocks until all are made, or until it is stopped; then the runs under way are ended and left out.</summary>
    /// <param name="before">What was made already.</param>
    /// <param name="made">On any thread, one at a time.</param>
    /// <returns>All outcomes.</returns>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    /// <exception cref="IOException">Of <paramref name="made"/>, as whatever else it throws: nothing more is made then.</exception>
    public IReadOnlyCollection<SuiteOutcome> Run(IEnumerable<SuiteOutcome> before, Action<SuiteProgress> made, CancellationToken stop)
    {
        foreach (var outcome in before) all[outcome.Run.Id] = outcome;
        var left = suite.Conditions.SelectMany(Wanted).Where(run => !all.ContainsKey(run.Id));
        Crew.Work("suite", workers, left, gate, (run, ending) => Made(Known(run) ?? SuiteEpisode.Run(suite, run, ending), ending), stop);
        return [.. all.Values];

        // Where no step failed nothing is done again: with plain retry the same run is that without recovery, to the last digit.
        SuiteOutcome? Known(SuiteRun run)
        {
            if (run.Policy != SuitePolicy.PlainRetry) return null;
            lock (gate) return all.GetValueOrDefault((run with { Policy = SuitePolicy.Off }).Id) is { Outcome: EpisodeOutcome.Succeeded } off ? off with { Run = run } : null;
        }

        void Made(SuiteOutcome outcome, CancellationToken ending)
        {
            lock (gate)
            {
                // What was broken off says nothing.
                if (ending.IsCancellationRequested) return;
                all[outcome.Run.Id] = outcome;
                made(Progress(outcome));
            }
        }
    }

    /// <summary>The runs of a condition, as they are asked for: clean ones until those that are done fill the wanted time.</summary>
    private IEnumerable<SuiteRun> Wanted(SuiteCondition condition) => SuiteProgram.WithFaults(suite, condition, first)
        .Concat(SuiteProgram.Clean(suite, condition, first).TakeWhile(_ => CleanSeconds(condition).Sum(seconds => Math.Max(seconds, LeastSeconds)) < condition.Clean.TotalSeconds));

    private SuiteProgress Progress(SuiteOutcome last)
    {
        var condition = suite.Condition(last.Run.Condition);
        var clean = Math.Ceiling(condition.Clean.TotalSeconds / Math.Max(1, CleanSeconds(condition).DefaultIfEmpty(SecondsOfARun).Average()));
        return new(all.Values.Count(o => o.Run.Condition == condition.Name), SuiteProgram.WithFaults(suite, condition, first).Count() + (int)clean, last);
    }

    /// <summary>How long the clean runs are that are done, simulated seconds.</summary>
    private IEnumerable<double> CleanSeconds(SuiteCondition condition) => all.Values.Where(o => o.Run.Fault is null && o.Run.Condition == condition.Name).Select(o => o.Seconds);
}
