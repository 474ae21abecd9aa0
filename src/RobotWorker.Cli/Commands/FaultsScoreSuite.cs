using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Suites;
using RobotWorker.Recording;
using RobotWorker.Recording.Journals;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults score --suite FILE</c>: hours of simulation, told as they pass, to be broken off with Ctrl-C and gone on with.</summary>
internal static class FaultsScoreSuite
{
    private const string Outcomes = "outcomes.jsonl";

    public static int Run(string file, SuiteRequest request, string? json)
    {
        var bag = new DiagnosticBag();
        var read = FaultSuiteReader.Read(file, bag);
        DiagnosticView.Print(bag);
        if (read is null || Narrowed(read, request) is not { } suite) return ExitCode.BadInput;
        if (Writable.WhyNot(request.Folder, json) is { } problem)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {problem}. Nothing was started.");
            return ExitCode.Unavailable;
        }
        OutcomeLog<SuiteOutcome> log;
        try
        {
            log = OutcomeLog<SuiteOutcome>.Open(Path.Combine(request.Folder, Outcomes), $"{read.Sum}, build {EpisodeEntry.Here}, {(request.Tuning ? "tuning" : "scoring")}", request.Resume);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {e.Message.TrimEnd('.')}. Nothing was started.");
            return ExitCode.BadInput;
        }
        using (log) return Score(suite, request, log, json);
    }

    private static int Score(FaultSuite suite, SuiteRequest request, OutcomeLog<SuiteOutcome> log, string? json)
    {
        var first = request.Tuning ? suite.Seeds.Tuning : suite.Seeds.Scoring;
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, ProgressLine.Stopping);
        using var view = new SuiteProgressView(Console.Error, TimeProvider.System, log.Before.Length);
        var outcomes = new SuiteRunner(suite, first, request.Jobs).Run(Of(suite, log.Before), progress =>
        {
            log.Add(progress.Last);
            view.Show(progress);
        }, stop.Token);
        view.Dispose();
        var score = SuiteScore.Of(suite, FaultCatalogueReader.BuiltIn, outcomes);
        SuiteScoreView.Print(Console.Out, score, request.Tuning);
        var page = Path.Combine(request.Folder, "score.html");
        var unwritten = WholeFile.TryWrite(json ?? Path.Combine(request.Folder, "score.json"), SuiteScoreFile.Json(score, request.Tuning)) ?? WholeFile.TryWrite(page, SuiteScorePage.Write(score, request.Tuning));
        if (unwritten is not null)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {unwritten}");
            return ExitCode.Unavailable;
        }
        Console.Out.WriteLine($"Page:     {page}");
        return stop.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Success;
    }

    /// <summary>The suite with only what was asked for; null, with a line that says what is not there.</summary>
    private static FaultSuite? Narrowed(FaultSuite suite, SuiteRequest request)
    {
        if (Unknown(request.Faults, [.. suite.Faults.Select(f => f.Code)], "fault") || Unknown(request.Conditions, [.. suite.Conditions.Select(c => c.Name)], "condition")) return null;
        return suite with
        {
            Conditions =
            [
                .. suite.Conditions.Where(c => request.Conditions.Length == 0 || request.Conditions.Contains(c.Name))
                    .Select(c => c with { Runs = request.Runs ?? c.Runs, Clean = request.Clean ?? c.Clean, Only = [.. request.Faults] }),
            ],
        };
    }

    private static bool Unknown(string[] asked, string[] known, string what)
    {
        if (asked.FirstOrDefault(name => !known.Contains(name)) is not { } unknown) return false;
        Console.Error.WriteLine($"The suite has no {what} '{unknown}'; {Nearest.Help(unknown, known)} Nothing was started.");
        return true;
    }

    // What another choice of runs has left in the folder stays there, and is not scored.
    private static IReadOnlyList<SuiteOutcome> Of(FaultSuite suite, IEnumerable<SuiteOutcome> outcomes) =>
        [.. outcomes.Where(o => suite.Conditions.Any(c => c.Includes(o.Run)))];
}
