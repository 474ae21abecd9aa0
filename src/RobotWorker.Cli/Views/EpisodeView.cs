using System.Globalization;
using System.Text.Json;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Recording.Journals;
using RobotWorker.Skills;

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
    public static PlanState Before(EpisodeEntry entry) =>
        PlanState.Before(new(SkillCatalogueReader.BuiltIn, FaultCatalogueReader.BuiltIn, ExecutionOptions.Default), entry.Plan, entry.Episode.Id);

    /// <summary>An episode as a scenario's text.</summary>
    public static string Scenario(EpisodeEntry entry, IReadOnlyList<Event> events) =>
        ScenarioFile.Write(Episodes.Audit.Scenario.Of($"{entry.Submission}: {(entry.Report is { } report ? $"{Outcome(entry)}, {report.Reason}" : "it has not ended")}", entry.Episode.Id, entry.Plan, null, null, events));

    private static string Outcome(EpisodeEntry entry) => entry.Report is { } report ? Words.Of(report.Outcome) : "not ended";
}
