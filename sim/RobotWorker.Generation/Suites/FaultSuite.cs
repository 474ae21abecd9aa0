using System.Collections.Immutable;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Faults.Hardware;

namespace RobotWorker.Generation.Suites;

/// <summary>Which faults are brought about in which tasks, how often and under which conditions: what <c>faults score --suite</c> runs. Read by <see cref="FaultSuiteReader"/>.</summary>
/// <param name="Sum">SHA-256 of everything that it was read from: outcomes of another suite are not these.</param>
public sealed record FaultSuite(
    string Name, string Sum, ImmutableArray<SuiteTask> Tasks, ImmutableArray<SuiteFault> Faults, SuiteSeeds Seeds,
    ImmutableArray<SuiteCondition> Conditions)
{
    /// <summary>The condition that thresholds were tuned under.</summary>
    public const string Standard = "standard";

    public SuiteFault? Fault(string code) => Faults.FirstOrDefault(f => f.Code == code);

    public SuiteCondition Condition(string name) => Conditions.First(c => c.Name == name);
}

/// <summary>The first seed of the runs that thresholds may be set by, and of those that are scored: no run of one is a run of the other.</summary>
public sealed record SuiteSeeds(ulong Tuning, ulong Scoring);

/// <param name="Within">Faults strike at a moment by chance from its first second to this.</param>
/// <param name="Jobs">The plan in the scene of each condition, by the condition's name.</param>
public sealed record SuiteTask(string Name, TimeSpan Within, ImmutableSortedDictionary<string, Job> Jobs);

/// <summary>A fault of the suite.</summary>
/// <param name="Fault">What strikes; its trigger without the moment.</param>
/// <param name="Tasks">In which tasks; others do not use what it breaks.</param>
/// <param name="Within">It strikes no later, where it gives a moment of its own instead of its task's.</param>
/// <param name="Other">The numbers that nothing was tuned on.</param>
/// <param name="IsHard">A matter of milliseconds: link, emergency stop, a controller's death.</param>
public sealed record SuiteFault(HardwareFault Fault, ImmutableArray<string> Tasks, TimeSpan? Within, HardwareFault Other, bool IsHard)
{
    public string Code => Fault.Kind;

    /// <summary>Whether the worker's catalogue knows it.</summary>
    public bool IsKnown(FaultCatalogue catalogue) => catalogue.ByCode.ContainsKey(Code);

    /// <summary>Whether only a person can end it: then a safe stop and a question are all that can be asked for.</summary>
    public bool NeedsPerson(FaultCatalogue catalogue) =>
        catalogue.ByCode.TryGetValue(Code, out var known) && known.NeedsPerson;
}

/// <summary>Under what the suite is run.</summary>
/// <param name="Policies">What is done about a fault.</param>
/// <param name="Runs">Runs of each fault, spread over its tasks.</param>
/// <param name="Clean">Simulated time without a fault.</param>
/// <param name="MutesDiagnostics">The worker hears no <c>/diagnostics</c>.</param>
/// <param name="OtherMagnitudes">The faults have their other numbers.</param>
/// <param name="SensorNoise">Factor on the errors of all sensors.</param>
/// <param name="SensorRate">Factor on how often sensors speak.</param>
public sealed record SuiteCondition(
    string Name, ImmutableArray<SuitePolicy> Policies, int Runs, TimeSpan Clean, bool MutesDiagnostics, bool OtherMagnitudes, double SensorNoise, double SensorRate)
{
    /// <summary>How long messages between robot and worker are on their way on average, each way; each is between half and one and a half times as long.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The faults that it is narrowed to; empty: all of the suite.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    public bool Includes(string fault) => Only.IsEmpty || Only.Contains(fault);

    /// <summary>Whether a run, clean or not, is one of its own.</summary>
    public bool Includes(SuiteRun run) =>
        run.Condition == Name && (run.Fault is null ? Clean > TimeSpan.Zero : Includes(run.Fault) && run.Number < Runs && Policies.Contains(run.Policy));
}

/// <summary>What is done about a fault.</summary>
public enum SuitePolicy
{
    /// <summary>The worker as it is: fault monitor, safe retry.</summary>
    Recovery,

    /// <summary>Nothing: the first step that fails ends the run.</summary>
    Off,

    /// <summary>A step that fails is done again at once, up to four times, whatever the world looks like: what a behaviour tree's retry decorator does.</summary>
    PlainRetry,
}
