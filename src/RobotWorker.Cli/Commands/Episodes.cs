using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Recording;
using RobotWorker.Recording.Journals;
using RobotWorker.Skills.Lines;
using RobotWorker.Station;
using RobotWorker.Time;

namespace RobotWorker.Cli.Commands;

/// <summary>Runs a job with terminal, Ctrl-C and views around it.</summary>
internal static class Episodes
{
    /// <summary>Runs it in simulation.</summary>
    public static int Run(Job job, RunRequest request) => Run(job.Plan, job.Robot.Name, null, request, (stop, observers, person) =>
    {
        var options = new RunOptions(request.Seed, request.Pace, request.Folder, request.Video, FilmCommand.Invocation) { SerialArm = request.SerialArm, Taught = request.Taught };
        var run = new EpisodeRun(job, options, person, stop);
        foreach (var observer in observers) run.Subscribe(observer);
        return run.Run();
    });

    /// <summary>Runs it on a robot behind a wire.</summary>
    public static int Run(RobotJob job, RobotLine line, double rate, RunRequest request, JournalledEpisode? journal) => Run(job.Plan, job.Profile.Name, journal?.Entry.Began, request, (stop, observers, person) =>
    {
        var run = new RobotRun(job, line, new(request.Seed, request.Folder) { Rate = rate, Journal = journal, Control = request.Control, WaitsForAnswers = request.WaitsForAnswers }, person, stop);
        foreach (var observer in observers) run.Subscribe(observer);
        return run.Run();
    });

    private static int Run(
        Plan plan, string robot, DateTimeOffset? began, RunRequest request, Func<StopSwitch, IEnumerable<IEpisodeObserver>, Func<EpisodeLoop, IPerson>, RunResult> episode)
    {
        if (request.Answers is { } file && WhyUnread(file) is { } unread)
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {file}: {unread}. Nothing was started.");
            return ExitCode.BadInput;
        }
        if (request.Report is { } asked && Path.GetFullPath(asked) is var full && EpisodeRun.FilesOf(plan, request.Folder, request.Seed).Any(own => Path.GetFullPath(own) == full))
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {asked}: the episode writes another file of this name; choose another for --report. Nothing was started.");
            return ExitCode.BadInput;
        }
        if ((Writable.WhyNot(request.Folder, request.Report) ?? Exporters.WhyNot(request.Export)) is { } problem)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {problem}. Nothing was started.");
            return ExitCode.Unavailable;
        }
        var stop = new StopSwitch();
        using var view = RunView.Open(plan, request);
        using var signals = new StopSignals(stop.Press, RunView.Stopping);
        RunResult result;
        using (var exporters = new Exporters(request.Export, robot, began ?? TimeProvider.System.GetUtcNow()))
        {
            result = episode(stop, [view, .. exporters.Observers], loop => PersonFor(request, loop, view));
            view.Close();
            exporters.Dispose();
            if (exporters.Failure is { } unsent) Console.Error.WriteLine($"note     not all of the telemetry has reached its collector: {unsent}");
        }
        SummaryView.Print(plan, result, request);
        if (request.Report is { } report && WholeFile.TryWrite(report, ReportJson.Write(result.Report)) is { } unwritten) Console.Error.WriteLine($"There is no report at {unwritten}.");
        return ExitCode.Of(result.Report.Outcome);
    }

    private static string? WhyUnread(string file)
    {
        if (Directory.Exists(file)) return "this is a folder, not a file of answers";
        if (!File.Exists(file)) return "there is no such file of answers";
        try
        {
            using var read = File.OpenRead(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the answers cannot be read: {e.Message.TrimEnd('.')}";
        }
    }

    private static IPerson PersonFor(RunRequest request, EpisodeLoop loop, RunView view) =>
        request.Answers is { } file ? new AnswersPerson(AnswersPerson.Read(file), Console.Error.WriteLine) : new TerminalPerson(loop, view, new(Console.In));
}
