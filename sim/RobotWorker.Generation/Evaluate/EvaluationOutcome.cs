using System.Text.Json.Serialization;
using RobotWorker.Episodes;

namespace RobotWorker.Generation.Evaluate;

/// <summary>One run: with what it is made from it gives the same outcome each time.</summary>
/// <param name="PolicySum">What the policy depends on beside its name.</param>
public sealed record EvaluationRun(string Policy, string PolicySum, string Task, ulong Seed);

/// <summary>What the worker says of a run, from its senses alone.</summary>
public enum Verdict
{
    /// <summary>It is done.</summary>
    Success,

    /// <summary>It is not, and the goal is seen not to hold.</summary>
    Failure,

    /// <summary>It is not known to be done, and whether the goal holds was not seen.</summary>
    Unknown,
}

/// <summary>What a run came to.</summary>
/// <param name="GoalMet">By the simulator's truth.</param>
/// <param name="Reason">Why it ended so, in the worker's words.</param>
/// <param name="Seconds">Simulated.</param>
/// <param name="Recoveries">Decisions after failures.</param>
/// <param name="Error">What of ours broke; such a run counts as failed.</param>
public sealed record EvaluationOutcome(
    EvaluationRun Run, Verdict Verdict, bool GoalMet, EpisodeOutcome Outcome, string Reason, double Seconds, int Recoveries, string? Error = null)
{
    /// <summary>The goal is met, and the worker knows it.</summary>
    [JsonIgnore]
    public bool Succeeded => GoalMet && Verdict == Verdict.Success && Error is null;
}
