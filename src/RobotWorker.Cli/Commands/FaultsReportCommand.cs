using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RobotWorker.Cli.Views;
using RobotWorker.Dependability;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Recording.Journals;
using RobotWorker.Recording.Pages;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults report</c>: how dependable robots were, from their journals.</summary>
internal static class FaultsReportCommand
{
    public static Command Build()
    {
        var since = new Option<string?>("--since") { Description = "Only what was since then: 30d, 12h, or a day such as 2026-11-01 (default: everything)", HelpName = "TIME" };
        var journal = EpisodeCommand.Journal();
        var json = new Option<string?>("--json") { Description = "Also write it as JSON", HelpName = "FILE" };
        var html = new Option<string?>("--html") { Description = "Also write it as a page with pictures", HelpName = "FILE" };
        since.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Since(text, DateTimeOffset.UnixEpoch) is null) result.AddError($"'{text}' is no time: write 30d, 12h, or a day such as 2026-11-01");
        });
        var command = new Command("report", "Mean times between failures and to recovery with their intervals, availability, top causes, retries, from the robots' journals") { since, journal, json, html };
        command.SetAction(parsed =>
        {
            var files = EpisodeCommand.Files(parsed.GetValue(journal));
            if (files.Count == 0)
            {
                Console.Error.WriteLine($"{Codes.NoEpisode} there is no journal in {EpisodeCommand.Folder}; a run on a robot behind a wire makes one. Give --journal FILE for another place.");
                return ExitCode.BadInput;
            }
            var record = files.Select(Read).Aggregate(ServiceRecord.Empty, (all, one) => all.With(one));
            var now = TimeProvider.System.GetUtcNow();
            var from = parsed.GetValue(since) is { } text ? Since(text, now)!.Value : record.Operation.Select(o => o.From).DefaultIfEmpty(now).Min();
            var report = DependabilityAnalysis.Of(record, new(from, now) { OwnCauses = files.Select(CausesIn).DistinctBy(c => c.Key).ToImmutableSortedDictionary(StringComparer.Ordinal) });
            FaultsReportView.Print(Console.Out, report);
            if (parsed.GetValue(json) is { } data) File.WriteAllText(data, DependabilityJson.Write(report));
            if (parsed.GetValue(html) is { } page) File.WriteAllText(page, FaultsPage.Write(report, [.. record.Faults.Where(f => f.Began >= from)]));
            return ExitCode.Success;
        });
        return command;
    }

    private static ServiceRecord Read(string file)
    {
        using var journal = RobotJournal.OpenToRead(file);
        return journal.Episodes.Select(e => journal.HistoryOf(e).ToRecord()).Aggregate(ServiceRecord.Empty, (all, one) => all.With(one));
    }

    /// <summary>A robot, and what follows from what there: by the faults that it had in its last episode.</summary>
    private static KeyValuePair<string, ImmutableSortedDictionary<string, ImmutableArray<string>>> CausesIn(string file)
    {
        using var journal = RobotJournal.OpenToRead(file);
        var own = journal.Episodes is [.., var last] ? EpisodeView.FaultsOf(last) : null;
        return new(Path.GetFileNameWithoutExtension(journal.Path), Consequences.CausesIn(own?.Catalogue ?? FaultCatalogueReader.BuiltIn));
    }

    private static DateTimeOffset? Since(string text, DateTimeOffset now)
    {
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500) return now - TimeSpan.FromDays(days);
        if (Duration.Parse(text) is { } ago) return now - ago;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
    }
}
