using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Scoring;
using RobotWorker.Recording;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults score</c>: detectors on labelled series (<c>--csv</c>), or the whole monitor on a suite of faults (<c>--suite</c>).</summary>
internal static class FaultsScoreCommand
{
    public static Command Build()
    {
        var csv = new Option<string[]>("--csv")
        {
            Description = "Labelled time series: a folder of CSV files, or a file (docs/detectors.md)", HelpName = "DIR", AllowMultipleArgumentsPerToken = true,
        };
        var train = new Option<int>("--train") { Description = "The first rows of each file, which are learned from and not scored", HelpName = "ROWS", DefaultValueFactory = _ => 400 };
        var detector = new Option<string[]>("--detector") { Description = $"Only this one, or these: {string.Join(", ", SeriesDetector.All.Select(d => d.Name))}", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var falseAlarms = new Option<double>("--false-alarms") { Description = "Probability that a normal row is alarmed; thresholds follow from it", HelpName = "P", DefaultValueFactory = _ => 1e-4 };
        var json = new Option<string?>("--json") { Description = "Also write the scores as JSON here", HelpName = "FILE" };
        train.Must(n => n >= SeriesScoring.FewestTrainingRows, $"--train: at least {SeriesScoring.FewestTrainingRows} rows; from fewer nothing can be learned.");
        falseAlarms.Must(n => n is >= 1e-9 and <= 0.1, "--false-alarms: a probability from 1e-9 to 0.1.");
        var suite = new SuiteArguments();
        var command = new Command("score", "Scores the detectors on labelled time series (--csv): F1, false and missed alarms, and how early (NAB); or fault monitor and recovery on a suite of faults in simulation (--suite)")
        {
            csv, train, detector, falseAlarms, json,
        };
        suite.AddTo(command);
        command.Validators.Add(r =>
        {
            if (r.GetResult(csv) is null == suite.IsGiven(r)) return;
            r.AddError("Give what is to be scored: --csv DIR with labelled time series, or --suite FILE with faults (sim/faults/suite.yaml); one of the two.");
        });
        command.SetAction(parsed =>
        {
            if (suite.File(parsed) is { } faults) return FaultsScoreSuite.Run(faults, suite.Read(parsed), parsed.GetValue(json));
            if (Named(parsed.GetValue(detector) ?? []) is not { } detectors) return ExitCode.BadInput;
            if (parsed.GetValue(json) is { } file && Writable.WhyNot(Path.GetDirectoryName(Path.GetFullPath(file))!, file) is { } problem)
            {
                Console.Error.WriteLine($"{Codes.MachineRefused} {problem}. Nothing was started.");
                return ExitCode.Unavailable;
            }
            return Score(new([.. parsed.GetValue(csv) ?? []], [.. detectors], parsed.GetValue(train), parsed.GetValue(falseAlarms)), parsed.GetValue(json));
        });
        return command;
    }

    private static int Score(SeriesScoringOptions options, string? json)
    {
        var bag = new DiagnosticBag();
        var result = SeriesScoring.Run(options, bag);
        DiagnosticView.Print(bag);
        if (result is null) return ExitCode.BadInput;
        ScoreView.Print(Console.Out, result);
        if (json is null || WholeFile.TryWrite(json, SeriesScoreFile.Json(result)) is not { } unwritten) return ExitCode.Success;
        Console.Error.WriteLine($"{Codes.MachineRefused} {unwritten}");
        return ExitCode.Unavailable;
    }

    // In the order of the table, each once; null when one is unknown.
    private static List<SeriesDetector>? Named(string[] names)
    {
        foreach (var name in names)
        {
            if (SeriesDetector.All.Any(d => d.Name == name)) continue;
            Console.Error.WriteLine($"There is no detector '{name}'; {Nearest.Help(name, [.. SeriesDetector.All.Select(d => d.Name)])} Nothing was started.");
            return null;
        }
        return [.. SeriesDetector.All.Where(d => names.Length == 0 || names.Contains(d.Name))];
    }
}
