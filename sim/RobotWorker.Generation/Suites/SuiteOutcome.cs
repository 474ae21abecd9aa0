using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RobotWorker.Episodes;

namespace RobotWorker.Generation.Suites;

/// <summary>What a run came to. Times are simulated seconds since its start, whatever the robot's own clock said.</summary>
/// <param name="StruckAt">When the fault struck; null where it never did.</param>
/// <param name="OverAt">When it was over.</param>
/// <param name="Noted">What the fault monitor confirmed, in that order.</param>
/// <param name="GoalMet">By the simulator's truth.</param>
/// <param name="StoodStill">Whether base and arm stood still at the end, by the simulator's truth.</param>
/// <param name="AtWorkAgain">When the first goal was sent after the fault, or the root of it, was confirmed and cleared.</param>
/// <param name="Recoveries">Decisions after failures.</param>
/// <param name="Error">What of ours broke; such a run counts as failed.</param>
public sealed record SuiteOutcome(
    SuiteRun Run, double Seconds, double? StruckAt, double? OverAt, ImmutableArray<NotedFault> Noted, EpisodeOutcome Outcome, string Reason, bool GoalMet, bool StoodStill,
    double? AtWorkAgain, int Recoveries, string? Error = null)
{
    /// <summary>Done, and really so.</summary>
    [JsonIgnore]
    public bool Succeeded => Outcome == EpisodeOutcome.Succeeded && GoalMet && Error is null;

    /// <summary>What a person was asked.</summary>
    public ImmutableArray<string> Questions { get; init; } = [];

    /// <summary>A person was asked about the very fault, or about what it brought about, and the robot stood still.</summary>
    [JsonIgnore]
    public bool AskedSafely => Outcome == EpisodeOutcome.NeedsPerson && StoodStill && Error is null
        && Noted.Any(n => (n.Code == Run.Fault || n.Cause == Run.Fault) && Questions.Any(q => q.Contains(n.Code, StringComparison.Ordinal)));
}

/// <summary>A fault that the monitor confirmed.</summary>
/// <param name="Cause">The code of the fault at the root of it: its own where it follows none.</param>
public sealed record NotedFault(string Code, string Component, double At, double? ClearedAt, string Cause);
