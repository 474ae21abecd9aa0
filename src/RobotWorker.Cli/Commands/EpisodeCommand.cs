using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording.Journals;
using RobotWorker.Time;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker episodes</c> and <c>robotworker episode ...</c>: what the journals of robots hold.</summary>
internal static class EpisodeCommand
{
    public const string Folder = "episodes";

    public static Command BuildList()
    {
        var journal = Journal();
        var json = new Option<bool>("--json") { Description = "One line of JSON an episode" };
        var command = new Command("episodes", "Lists the episodes of the robots' journals, the oldest first") { journal, json };
        command.SetAction(parsed =>
        {
            var files = Files(parsed.GetValue(journal));
            if (files.Count == 0) Console.Error.WriteLine($"There is no journal in {Folder}; a run on a robot behind a wire makes one. Give --journal FILE for another place.");
            foreach (var file in files)
            {
                using var read = RobotJournal.OpenToRead(file);
                if (files.Count > 1) Console.Out.WriteLine($"{file}:");
                foreach (var entry in read.Episodes) Console.Out.WriteLine(parsed.GetValue(json) ? EpisodeView.Json(entry) : EpisodeView.Line(entry));
            }
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Build() => new("episode", "Shows, resumes, exports or controls one episode of a journal")
    {
        Show(), Resume(), Abandon(), Export(),
        ControlCommands.Pause(), ControlCommands.Unpause(), ControlCommands.Stop(), ControlCommands.Mode(), ControlCommands.Answer(), ControlCommands.Revise(),
    };

    private static Command Show()
    {
        var (id, journal) = (Id(), Journal());
        var all = new Option<bool>("--all") { Description = "Every event, facts and telemetry too" };
        var audit = new Option<bool>("--audit") { Description = "Also hold the invariants of safe retry against it (docs/safe-retry.md); exit code 1 where one is broken" };
        var command = new Command("show", "Prints an episode as a timeline: goals, faults, decisions with their evidence, answers") { id, journal, all, audit };
        command.SetAction(parsed => With(parsed, id, journal, (read, entry) =>
        {
            EpisodeView.Tell(entry, entry.Report is null ? "It has not ended." : null);
            if (parsed.GetValue(audit)) return AuditView.Print(Console.Out, EpisodeView.Before(entry), read.EventsOf(entry), parsed.GetValue(all));
            EpisodeView.Timeline(Console.Out, entry, read.EventsOf(entry), parsed.GetValue(all));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Export()
    {
        var (id, journal) = (Id(), Journal());
        var output = new Option<string?>("--output") { Description = "A file for it (default: standard output)", HelpName = "FILE" };
        var scenario = new Option<bool>("--scenario") { Description = "As a scenario, which 'robotworker sim replay' goes through again" };
        var command = new Command("export", "Writes an episode's events as lines of JSON, the first of which says what it is") { id, journal, output, scenario };
        command.SetAction(parsed => With(parsed, id, journal, (read, entry) =>
        {
            var lines = parsed.GetValue(scenario)
                ? [ScenarioFile.Write(EpisodeView.Scenario(entry, read.EventsOf(entry))).TrimEnd()]
                : read.EventsOf(entry).Select(EventJson.Write).Prepend(EpisodeView.Json(entry));
            if (parsed.GetValue(output) is { } file) File.WriteAllLines(file, lines);
            else foreach (var line in lines) Console.Out.WriteLine(line);
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Resume()
    {
        var (id, journal) = (Id(), Journal());
        var answers = new Option<string?>("--answers") { Description = "Answers to questions, one a line, instead of the terminal", HelpName = "FILE" };
        var report = new Option<string?>("--report") { Description = "Also write the JSON report here", HelpName = "FILE" };
        var plain = new Option<bool>("--plain") { Description = "Plain lines instead of the live tree" };
        var wait = new Option<bool>("--wait-for-answer") { Description = "Where nobody is at the terminal, wait for 'episode answer' (10 minutes at most)" };
        var export = new ExportArguments();
        var command = new Command("resume", "Goes on with an episode whose process ended: the robot is looked at before anything moves") { id, journal, answers, report, plain, wait };
        export.AddTo(command);
        command.SetAction(parsed =>
        {
            if (Find(parsed.GetRequiredValue(id), parsed.GetValue(journal)) is not { } file) return ExitCode.BadInput;
            using var open = JournalledRun.Open(file, null, null);
            var entry = open.Find(parsed.GetRequiredValue(id))!;
            if (entry.Report is not null)
            {
                EpisodeView.Tell(entry, "It has ended, and nothing was started.");
                return ExitCode.Of(entry.Report.Outcome);
            }
            var request = new RunRequest(
                0, "", parsed.GetValue(report), parsed.GetValue(answers), Generation.Video.VideoMode.None, Pace.Wall, Timing: false, parsed.GetValue(plain)) { WaitsForAnswers = parsed.GetValue(wait), Export = export.Read(parsed) };
            return JournalledRun.Resume(open, entry, request);
        });
        return command;
    }

    private static Command Abandon()
    {
        var (id, journal) = (Id(), Journal());
        var command = new Command("abandon", "Gives up an episode whose process ended, so that another may begin; the robot is sent nothing") { id, journal };
        command.SetAction(parsed =>
        {
            if (Find(parsed.GetRequiredValue(id), parsed.GetValue(journal)) is not { } file) return ExitCode.BadInput;
            using var open = JournalledRun.Open(file, null, null);
            var entry = open.Find(parsed.GetRequiredValue(id))!;
            if (entry.Report is not null)
            {
                EpisodeView.Tell(entry, "It has ended, and nothing was changed.");
                return ExitCode.BadInput;
            }
            using var episode = open.Continue(entry);
            episode.End(Reporting.GivenUp(EpisodeView.Before(entry), episode.History, entry.Episode));
            Console.Out.WriteLine($"{entry.Submission} was given up. The robot was sent nothing: see that it stands still, and where things are, before the next run.");
            return ExitCode.Success;
        });
        return command;
    }

    public static Argument<string> Id() => new("id") { Description = "The submission's id, the episode's, or its first letters" };

    public static Option<string?> Journal() => new("--journal") { Description = $"The journal's file (default: every one in {Folder})", HelpName = "FILE" };

    private static int With(ParseResult parsed, Argument<string> id, Option<string?> journal, Func<RobotJournal, EpisodeEntry, int> show)
    {
        if (Find(parsed.GetRequiredValue(id), parsed.GetValue(journal)) is not { } file) return ExitCode.BadInput;
        using var read = RobotJournal.OpenToRead(file);
        return show(read, read.Find(parsed.GetRequiredValue(id))!);
    }

    public static string? Find(string id, string? journal)
    {
        foreach (var file in Files(journal))
        {
            using var read = RobotJournal.OpenToRead(file);
            if (read.Find(id) is not null) return file;
        }
        Console.Error.WriteLine($"{Codes.NoEpisode} there is no episode {id}, or several whose ids begin so; 'robotworker episodes' lists them");
        return null;
    }

    public static List<string> Files(string? journal) =>
        journal is not null ? [journal] : Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*.journal").Order(StringComparer.Ordinal)] : [];
}
