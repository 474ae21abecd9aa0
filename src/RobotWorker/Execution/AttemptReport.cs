using System.Collections.Immutable;

namespace RobotWorker.Execution;

/// <summary>What an action said, or what the senses say; kept apart, never mixed.</summary>
public enum Outcome
{
    Unknown,
    Succeeded,
    Failed,
}

/// <summary>How an attempt ended by the robot's own account.</summary>
/// <param name="Reported">The reported outcome; a cancelled attempt is Failed with code CANCELED.</param>
/// <param name="Code">An error code for <c>retry.never</c> and people: <c>GRASP_MISSED</c>, <c>NO_PATH</c>, <c>CANCELED</c>; null on success.</param>
/// <param name="Reason">One line for a person.</param>
/// <param name="Outputs">Named outputs for <c>out:</c>.</param>
public sealed record AttemptReport(Outcome Reported, string? Code, string? Reason, ImmutableSortedDictionary<string, string> Outputs)
{
    /// <summary>The code of an attempt whose process ended: nobody knows what it came to, and it costs none.</summary>
    public const string ProcessRestarted = "PROCESS_RESTARTED";

    public static readonly AttemptReport Success = new(Outcome.Succeeded, null, null, ImmutableSortedDictionary<string, string>.Empty);

    public static AttemptReport Failure(string code, string reason) =>
        new(Outcome.Failed, code, reason, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>The goal's fate is not known: its server died, its result expired, its cancellation was not answered.</summary>
    public static AttemptReport Unknown(string code, string reason) =>
        new(Outcome.Unknown, code, reason, ImmutableSortedDictionary<string, string>.Empty);
}
