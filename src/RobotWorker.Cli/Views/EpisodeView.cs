using System.Globalization;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording.Journals;

namespace RobotWorker.Cli.Views;

/// <summary>Episodes of a journal, for people and programs.</summary>
internal static class EpisodeView
{
    public static string Line(EpisodeEntry entry) =>
        $"{entry.Began.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {entry.Episode.Id[..8]}  {entry.Submission,-32}  {Outcome(entry),-14}  {entry.Report?.Reason}".TrimEnd();

    public static string Json(EpisodeEntry entry) => JsonSerializer.Serialize(new
    {
        id = entry.Episode.Id, submission = entry.Submission, plan = entry.Plan.Id, revision = entry.Plan.Revision, seed = entry.Episode.Seed,
        began = entry.Began, outcome = entry.Report is null ? null : Words.Of(entry.Report.Outcome), reason = entry.Report?.Reason,
    });

    /// <summary>What an episode is and came to.</summary>
    public static void Tell(EpisodeEntry entry, string? more)
    {
        Console.Out.WriteLine($"{entry.Submission}: plan {entry.Plan.Id}, revision {entry.Plan.Revision}, begun {entry.Began.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}, episode {entry.Episode.Id}");
        if (entry.Report is { } report) Console.Out.WriteLine($"{Outcome(entry)}: {report.Reason}");
        if (more is not null) Console.Out.WriteLine(more);
    }

    /// <summary>What happened, in order, a line each; without <paramref name="all"/> facts and timers are left out.</summary>
    public static void Timeline(TextWriter output, EpisodeEntry entry, IReadOnlyList<Event> events, bool all)
    {
        foreach (var (at, text) in Episodes.Timeline.Of(Before(entry), events, all)) output.WriteLine($"{at.TotalSeconds,9:0.000} s  {text}");
    }

    /// <summary>The state before an episode's first event.</summary>
    /// <exception cref="JournalException">What the journal holds of the robot's own faults cannot be read.</exception>
    public static PlanState Before(EpisodeEntry entry) => Scenario(entry, []).Before;

    /// <summary>An episode as a scenario.</summary>
    /// <exception cref="JournalException">What the journal holds of the robot's own faults cannot be read.</exception>
    public static Scenario Scenario(EpisodeEntry entry, IReadOnlyList<Event> events) => Episodes.Audit.Scenario.Of(
        $"{entry.Submission}: {(entry.Report is { } report ? $"{Outcome(entry)}, {report.Reason}" : "it has not ended")}", entry.Episode.Id, entry.Plan, null, null, events, FaultsOf(entry));

    /// <summary>The robot's own faults, as they were when the episode began: what happened in it was decided by them.</summary>
    /// <exception cref="JournalException">They cannot be read.</exception>
    public static OwnFaults? FaultsOf(EpisodeEntry entry)
    {
        var bag = new DiagnosticBag();
        var faults = RobotSource.Read(entry.Source).ReadFaults(bag);
        if (bag.HasErrors)
            throw new JournalException($"the episode {entry.Submission} was begun by build {entry.Build}, this is {EpisodeEntry.Here}, which cannot read the faults that its robot had ({bag.All[0]}): use that build");
        return faults;
    }

    private static string Outcome(EpisodeEntry entry) => entry.Report is { } report ? Words.Of(report.Outcome) : "not ended";
}
