using System.Collections.Immutable;
using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Evaluate;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Runs;
using RobotWorker.MuJoCo;
using RobotWorker.Recording;
using RobotWorker.Recording.Journals;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker evaluate SUITE --policy P</c>: how often a policy succeeds, told as it goes, to be broken off with Ctrl-C and gone on with.</summary>
internal static class EvaluateCommand
{
    private const string Outcomes = "outcomes.jsonl";

    public static Command Build()
    {
        var suite = new Argument<string>("suite") { Description = "Tasks and seeds (docs/evaluation.md), such as sim/evaluations/one-cup-to-shelf.yaml" };
        var policy = new Option<string[]>("--policy") { Description = $"{NamedPolicy.Forms}; two are compared seed by seed", HelpName = "POLICY", Required = true };
        var episodes = new Option<int?>("--episodes") { Description = "So many seeds of each task instead of the suite's number", HelpName = "N" };
        var workers = new Option<int>("--workers") { Description = "Runs at the same time (default: one a core)", HelpName = "W", DefaultValueFactory = _ => Environment.ProcessorCount };
        var output = new Option<string>("--output") { Description = "The folder for outcomes, scores and the page", HelpName = "DIR", DefaultValueFactory = _ => "evaluation" };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the outcomes that the folder has" };
        policy.Validators.Add(r =>
        {
            if (r.Tokens.Select(t => t.Value).Distinct(StringComparer.Ordinal).Count() < r.Tokens.Count) r.AddError("--policy: each once.");
        });
        episodes.MustBeFrom(1, EvaluationSuiteReader.MostEpisodes);
        workers.MustBeFrom(1, 256);
        var command = new Command("evaluate", "Lets policies do tasks on the simulated robot, and tells how often they succeed by the simulator's truth, with intervals, and how often the worker knew it")
        {
            suite, policy, episodes, workers, output, resume,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(suite), parsed.GetRequiredValue(policy), parsed.GetValue(episodes), parsed.GetValue(workers), parsed.GetRequiredValue(output), parsed.GetValue(resume)));
        return command;
    }

    private static int Run(string file, string[] texts, int? episodes, int workers, string folder, bool resume)
    {
        var bag = new DiagnosticBag();
        var read = EvaluationSuiteReader.Read(file, bag);
        DiagnosticView.Print(bag);
        if (read is null) return ExitCode.BadInput;
        var suite = read with { Episodes = episodes ?? read.Episodes };
        ImmutableArray<NamedPolicy> policies;
        try
        {
            policies = [.. texts.Select(NamedPolicy.Parse)];
        }
        catch (PolicyException e)
        {
            return Refuse(e.Message, ExitCode.BadInput);
        }
        if (policies.SelectMany(p => suite.Tasks.Select(t => p.WhyNotOn(t.Job.Robot))).FirstOrDefault(why => why is not null) is { } misfit) return Refuse(misfit, ExitCode.BadInput);
        var runner = new EvaluationRunner(suite, policies, workers);
        if (runner.Runs.IsEmpty) return Refuse($"no policy has anything for the seeds from {suite.Seed} to {suite.Seed + (ulong)suite.Episodes - 1}", ExitCode.BadInput);
        if (!resume && File.Exists(Path.Combine(folder, Outcomes))) return Refuse($"{folder} has outcomes already: go on with --resume, or give another --output", ExitCode.BadInput);
        if (Writable.WhyNot(folder, null) is { } problem) return Refuse($"{Codes.MachineRefused} {problem}", ExitCode.Unavailable);
        try
        {
            // How many seeds are asked for is no matter: each run stands for itself.
            using var log = OutcomeLog<EvaluationOutcome>.Open(Path.Combine(folder, Outcomes), $"{read.Sum}, build {EpisodeEntry.Here}, MuJoCo {MuJoCoLibrary.VersionText}", resume);
            return Evaluate(suite, policies, runner, log, folder);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refuse($"{Codes.UnreadFile} {e.Message}", ExitCode.BadInput);
        }
    }

    private static int Evaluate(EvaluationSuite suite, ImmutableArray<NamedPolicy> policies, EvaluationRunner runner, OutcomeLog<EvaluationOutcome> log, string folder)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, ProgressLine.Stopping);
        using var view = new EvaluationProgressView(Console.Error, TimeProvider.System);
        var outcomes = runner.Run(log.Before, progress =>
        {
            log.Add(progress.Last);
            view.Show(progress);
        }, stop.Token);
        view.Dispose();
        var score = EvaluationScore.Of(suite, policies, outcomes);
        EvaluationView.Print(Console.Out, score);
        var page = Path.Combine(folder, "evaluation.html");
        var unwritten = WholeFile.TryWrite(Path.Combine(folder, "evaluation.json"), EvaluationFile.Json(score)) ?? WholeFile.TryWrite(page, EvaluationPage.Write(score));
        if (unwritten is not null)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {unwritten}");
            return ExitCode.Unavailable;
        }
        Console.Out.WriteLine($"Page:     {page}");
        return stop.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Success;
    }

    private static int Refuse(string why, int exit)
    {
        Console.Error.WriteLine($"{why.TrimEnd('.')}. Nothing was started.");
        return exit;
    }
}
