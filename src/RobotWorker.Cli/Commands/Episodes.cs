using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Execution;
using RobotWorker.Generation.Runs;
using RobotWorker.Time;

namespace RobotWorker.Cli.Commands;

/// <summary>Runs a job with terminal, Ctrl-C and views around it.</summary>
internal static class Episodes
{
    public static int Run(Job job, RunRequest request)
    {
        if (request.Answers is { } file && !File.Exists(file))
        {
            Console.Error.WriteLine($"{Codes.UnreadFile} {file}: there is no such file of answers. Nothing was started.");
            return ExitCode.BadInput;
        }
        if (Writable.WhyNot(request.Folder, request.Report) is { } problem)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {problem}. Nothing was started.");
            return ExitCode.Unavailable;
        }
        var stop = new StopSwitch();
        using var view = RunView.Open(job, request);
        using var signals = new StopSignals(stop, RunView.Stopping);
        var options = new RunOptions(request.Seed, request.Pace, request.Folder, request.Video, FilmCommand.Invocation);
        var run = new EpisodeRun(job, options, loop => PersonFor(request, loop, view), stop);
        run.Subscribe(view);
        var result = run.Run();
        view.Close();
        SummaryView.Print(job, result, request);
        if (request.Report is { } report) File.WriteAllText(report, RobotWorker.Episodes.ReportJson.Write(result.Report));
        return ExitCode.Of(result.Report.Outcome);
    }

    private static IPerson PersonFor(RunRequest request, EpisodeLoop loop, RunView view) =>
        request.Answers is { } file ? new AnswersPerson(AnswersPerson.Read(file), Console.Error.WriteLine) : new TerminalPerson(loop, view, new(Console.In));
}
