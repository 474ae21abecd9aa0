using System.Collections.Immutable;
using RobotWorker.Faults;

namespace RobotWorker.Dependability;

/// <summary>How a report is made.</summary>
/// <param name="From">What was before is left out.</param>
public sealed record ReportOptions(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How soon after an automatic recovery the same fault shows that it was none.</summary>
    public TimeSpan RepeatWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>By code: which faults can bring it about, of robots that have no catalogue of their own. Those of the standard catalogue, unless others are given.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Causes { get; init; } = Consequences.CausesIn(FaultCatalogueReader.BuiltIn);

    /// <summary>The same of robots that have their own catalogue, by their names.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ImmutableArray<string>>> OwnCauses { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, ImmutableArray<string>>>(StringComparer.Ordinal);

    /// <summary>By code: which faults can bring it about on a robot.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> CausesOn(string robot) => OwnCauses.GetValueOrDefault(robot, Causes);
}

/// <summary>How dependable robots were: IEC 60050-192's terms, figures as docs/telemetry.md gives their formulas. Hours and seconds.</summary>
/// <param name="OperatingHours">Time in which episodes were run.</param>
/// <param name="Whole">Of the robot: what counts is being down, through whichever faults.</param>
/// <param name="Faults">By code; the one with the longest down time first.</param>
/// <param name="TopCauses">Faults that are no other's consequence, by code; the one that cost most first.</param>
/// <param name="Retries">By the failure that led to them.</param>
public sealed record DependabilityReport(
    DateTimeOffset From, DateTimeOffset To, double Confidence, ImmutableArray<string> Robots, double OperatingHours, Dependable Whole, ImmutableArray<FaultFigures> Faults,
    ImmutableArray<CauseFigures> TopCauses, ImmutableArray<RetryFigures> Retries, LinkFigures Link);

/// <summary>How often something failed and how long it took to mend.</summary>
/// <param name="Count">Onsets.</param>
/// <param name="UpHours">Time in which it could fail: operating, and not down already.</param>
/// <param name="DownHours">Time in which it was down, operating.</param>
/// <param name="Open">Active when their episode ended: they count as onsets and as down time, and not as mended.</param>
/// <param name="MtbfHours">Mean operating time between failures: up time by onsets.</param>
/// <param name="MttrSeconds">Mean time to recovery, of those that ended.</param>
/// <param name="Availability">Share of the operating time in which it was up; null: it did not operate.</param>
public sealed record Dependable(int Count, double UpHours, double DownHours, int Open, Estimate MtbfHours, Estimate MttrSeconds, double? Availability);

/// <summary>A fault of the catalogue over the time of the report.</summary>
/// <param name="ByRobot">Ended without anybody.</param>
/// <param name="ByPerson">A person had answered meanwhile.</param>
/// <param name="Repeats">Automatic recoveries after which it began again so soon that they were none: the sign of unsafe retry.</param>
/// <param name="DetectionDelaySeconds">Mean time from its first sign to its confirmation.</param>
public sealed record FaultFigures(string Code, string Level, Dependable Figures, int ByRobot, int ByPerson, int Repeats, double DetectionDelaySeconds);

/// <param name="Count">Onsets that were no consequence of another fault.</param>
/// <param name="Consequences">Other faults that began as their consequence.</param>
/// <param name="DownHours">Time in which it, or a consequence of it, was active.</param>
public sealed record CauseFigures(string Code, int Count, int Consequences, double DownHours);

public sealed record RetryFigures(string Code, int Tried, int Succeeded);

public sealed record LinkFigures(int Lost, double DownSeconds);
