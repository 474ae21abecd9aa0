using System.Collections.Immutable;
using RobotWorker.Faults;

namespace RobotWorker.Dependability;

/// <summary>What robots did and suffered, as their journals tell it. Times are the wall's.</summary>
public sealed record ServiceRecord(
    ImmutableArray<OperatingSpan> Operation, ImmutableArray<FaultSpell> Faults, ImmutableArray<TimedRetry> Retries, ImmutableArray<LinkOutage> Outages)
{
    public static readonly ServiceRecord Empty = new([], [], [], []);

    public ServiceRecord With(ServiceRecord other) =>
        new([.. Operation, .. other.Operation], [.. Faults, .. other.Faults], [.. Retries, .. other.Retries], [.. Outages, .. other.Outages]);
}

/// <summary>A time in which an episode was run.</summary>
public sealed record OperatingSpan(string Robot, DateTimeOffset From, DateTimeOffset To);

/// <summary>A fault from its first sign to its end.</summary>
/// <param name="Began">When it first showed.</param>
/// <param name="Ended">When it healed; of one that did not, when its episode ended, which is all that is known.</param>
/// <param name="By">Who ended it; null: it was active at the end of its episode.</param>
public sealed record FaultSpell(
    string Robot, string Code, string Component, FaultLevel Level, DateTimeOffset Began, DateTimeOffset Confirmed, DateTimeOffset Ended, RecoveredBy? By)
{
    /// <summary>A warning does not keep the robot from working (VDA 5050).</summary>
    public bool Disables => Level != FaultLevel.Warning;
}

/// <param name="Decided">When it was decided.</param>
public sealed record TimedRetry(string Robot, DateTimeOffset Decided, RetryOutcome Outcome);

/// <summary>A time in which the link to a robot was lost.</summary>
public sealed record LinkOutage(string Robot, DateTimeOffset From, DateTimeOffset To);
