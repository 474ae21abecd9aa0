using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Recovery;
using RobotWorker.Time;

namespace RobotWorker.Episodes;

/// <summary>How an episode ended.</summary>
public enum EpisodeOutcome
{
    Succeeded,
    Failed,

    /// <summary>Someone asked it to stop.</summary>
    Stopped,

    /// <summary>It asked and nobody answered.</summary>
    NeedsPerson,
}

/// <summary>What an episode was and how it went: the stable interface described by <c>robotworker-report-v1.schema.json</c>.</summary>
/// <param name="Seed">Of the variation and all randomness.</param>
/// <param name="GoalMet">The simulator's truth, apart from what the worker believes; null where there is no truth.</param>
/// <param name="Files">What the episode left behind, by kind: <c>mcap</c>, <c>video</c>.</param>
public sealed record EpisodeReport(
    string Plan, string Episode, long Seed, EpisodeOutcome Outcome, string Reason, ImmutableArray<StepReport> Steps, ImmutableArray<FaultReport> Faults,
    ImmutableArray<RecoveryEntry> Recoveries, bool? GoalMet, ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>What a simulator saw happen to the objects; null where there is no truth.</summary>
    public TruthReport? Truth { get; init; }
}

/// <param name="Slips">Each time that an object slipped out of the fingers.</param>
public sealed record TruthReport(ImmutableArray<SlipReport> Slips);

/// <param name="LostContactAt">When the fingers touched it for the last time.</param>
/// <param name="FellMetres">From there to where it came to rest.</param>
/// <param name="DisplacedMetres">Along the floor, from where it had lain before it was grasped.</param>
public sealed record SlipReport(string Object, RobotTime LostContactAt, double FellMetres, double DisplacedMetres);

/// <param name="Id">The step's path, such as <c>root/each[cup2]/grasp</c>.</param>
public sealed record StepReport(string Id, string Skill, StepStatus State, Outcome Reported, Outcome Observed, int Attempts);

/// <param name="RaisedAt">On the robot's clock, as the others.</param>
/// <param name="Cause">The code of the fault whose consequence it was; null: it has a cause of its own.</param>
public sealed record FaultReport(
    string Code, string Component, FaultLevel Level, string Evidence, RobotTime RaisedAt, RobotTime ConfirmedAt, RobotTime? HealedAt, string? Cause = null);
