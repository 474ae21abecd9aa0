using System.Globalization;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Generation.Lines;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording.Journals;
using RobotWorker.Skills.Lines;

namespace RobotWorker.Cli.Commands;

/// <summary>Runs on a robot through its journal: a submission runs once, and one whose process has ended is gone on with.</summary>
internal static class JournalledRun
{
    private const string None = "none";

    /// <summary>Runs a plan on a robot, or answers with what its submission came to.</summary>
    public static int Submit(RobotJob job, RobotLine line, RobotSource source, RunRequest request, Submission submission)
    {
        if (submission.Journal == None) return Episodes.Run(job, line, source.Rate, request, null);
        var path = submission.Journal ?? DefaultFile(job);
        if (submission.Id is { } asked && RunsElsewhere(path, asked)) return ExitCode.RunsElsewhere;
        using var journal = Open(path, job, submission.Id);
        if (submission.Id is { } id && journal.Find(id) is { } known)
        {
            if (known.Report is null) return Resume(journal, known, request);
            EpisodeView.Tell(known, "It was done before, and nothing was started.");
            return ExitCode.Of(known.Report.Outcome);
        }
        if (journal.Unfinished is { } open)
        {
            Console.Error.WriteLine(
                $"{Codes.JournalRefused} the episode {open.Submission} of plan {open.Plan.Id} on this robot has not ended: go on with it ('robotworker episode resume {open.Submission} --journal {path}') or give it up ('robotworker episode abandon {open.Submission} --journal {path}'), then come again. Nothing was started.");
            return ExitCode.Unavailable;
        }
        var began = TimeProvider.System.GetUtcNow();
        var entry = new EpisodeEntry(
            Episode.Of(job.Plan.Id, job.Plan.Revision, checked((long)request.Seed), began), submission.Id ?? FreshId(job, began), job.Plan, began, source.With(job).Write());
        using var episode = journal.Begin(entry);
        return Episodes.Run(job, line, source.Rate, request with { Control = ControlRequest.SocketOf(journal.Path) }, episode);
    }

    /// <summary>Goes on with an episode whose process ended.</summary>
    public static int Resume(RobotJournal journal, EpisodeEntry entry, RunRequest request)
    {
        var source = RobotSource.Read(entry.Source);
        var bag = new DiagnosticBag();
        var job = source.Open(bag, entry.Plan);
        var line = job is null ? null : RobotLines.Of(job.Profile, CredentialArguments.Say, bag);
        DiagnosticView.Print(bag);
        if (job is null || line is null) return ExitCode.BadInput;
        foreach (var name in source.Changed(job))
            Console.Error.WriteLine($"note     {name} is not what it was when the episode began; {(source.IsKept(name) ? "for this episode it stays what it was" : "it is taken as it is now")}");
        job = job with { Plan = entry.Plan };
        using var episode = journal.Continue(entry);
        Console.Error.WriteLine($"note     {(episode.History.Count == 0 ? "nothing had happened yet: it begins" : $"{episode.History.Count} events had happened: the robot is looked at before anything moves")}");
        return Episodes.Run(job, line, source.Rate, request with { Seed = source.Seed, Folder = source.Folder, Robot = line.Address.ToString(), Control = ControlRequest.SocketOf(journal.Path) }, episode);
    }

    /// <summary>The journal, to write.</summary>
    /// <exception cref="JournalException">It is in use, or cannot be used.</exception>
    public static RobotJournal Open(string path, RobotJob? job, string? submission) => RobotJournal.Open(
        path, $"process {Environment.ProcessId} of {Environment.MachineName}{(job is null ? "" : $", which runs plan {job.Plan.Id}{(submission is null ? "" : $" as {submission}")}")}");

    private static string DefaultFile(RobotJob job) => Path.Combine("episodes", $"{job.Profile.Name}.journal");

    private static string FreshId(RobotJob job, DateTimeOffset began) => $"{job.Plan.Id}-{began.UtcDateTime.ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture)}";

    // Whoever runs the same submission twice, as a supervisor does that restarts too early, hears how far the first has come.
    private static bool RunsElsewhere(string path, string submission)
    {
        if (!RobotJournal.IsInUse(path)) return false;
        using var journal = RobotJournal.OpenToRead(path);
        if (journal.Find(submission) is not { Report: null } running) return false;
        EpisodeView.Tell(running, $"It is being run by {journal.Owner}; nothing was started.");
        return true;
    }
}
