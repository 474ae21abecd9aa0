using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Generation.Runs;
using RobotWorker.MuJoCo;
using RobotWorker.Recording.Journals;
using RobotWorker.Recording.Video;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker generate SPEC.yaml --out DIR --episodes N</c>: a data set from simulated episodes.</summary>
internal static class GenerateCommand
{
    // Folders of episodes have names of six digits.
    private const int MostNumbers = 1_000_000;

    public static Command Build()
    {
        var spec = new Argument<string>("spec") { Description = "What to generate (docs/datasets.md), such as sim/datasets/one-cup-to-shelf.yaml" };
        var output = new Option<string>("--out") { Description = "The folder for episodes and data sets", HelpName = "DIR", Required = true };
        var episodes = new Option<int>("--episodes") { Description = "How many episodes", HelpName = "N", Required = true };
        var workers = new Option<int>("--workers") { Description = "Episodes at the same time (default: one a core)", HelpName = "W", DefaultValueFactory = _ => Environment.ProcessorCount };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the episodes that the folder has; both sets are put together anew from the first N" };
        var heldOut = new Option<bool>("--held-out") { Description = "Episodes to test with, in a folder of their own: all that the specification holds out (held_out, held_out_floor, held_out_instructions)" };
        var pairs = new Option<bool>("--pairs") { Description = "Each episode that a fault strikes comes with two twins, one without the fault and one without recovery: all three are the same up to the onset" };
        episodes.MustBeFrom(1, MostNumbers);
        workers.MustBeFrom(1, 256);
        var command = new Command("generate", "Makes data sets for training (LeRobot v3.0) from simulated episodes of a plan, with pictures, faults and recoveries: DIR/success, and DIR/failure") { spec, output, episodes, workers, resume, heldOut, pairs };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetRequiredValue(spec), parsed.GetRequiredValue(output), parsed.GetValue(episodes), parsed.GetValue(workers), parsed.GetValue(resume), parsed.GetValue(heldOut), parsed.GetValue(pairs)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string folder, int episodes, int workers, bool resume, bool heldOut, bool pairs)
    {
        var bag = new DiagnosticBag();
        var spec = GenerateSpecReader.Read(file, bag);
        DiagnosticView.Print(bag);
        if (spec is null) return ExitCode.BadInput;
        if (heldOut && !spec.HoldsOut) return Refuse(Codes.Missing, $"{file} holds nothing out: give an axis of 'vary' a range 'held_out', or floors 'held_out_floor', or wordings 'held_out_instructions'", ExitCode.BadInput);
        if (pairs && spec.WhyNoPairs is { } none) return Refuse(Codes.Missing, $"{file} makes no pairs: {none}", ExitCode.BadInput);
        if (pairs && episodes > MostNumbers / DatasetGenerator.NumbersOfADraw(pairs)) return Refuse(Codes.OutOfRange, $"with --pairs there can be {MostNumbers / DatasetGenerator.NumbersOfADraw(pairs)} episodes at most", ExitCode.BadInput);
        spec = spec with { IsHeldOut = heldOut, HasPairs = pairs };
        if (!spec.Cameras.IsEmpty && Programs.Find("ffmpeg") is null) return Refuse(Codes.MachineRefused, "ffmpeg is not installed (apt-get install ffmpeg), and the cameras' pictures need it", ExitCode.Unavailable);
        if (Writable.WhyNot(folder, null) is { } problem) return Refuse(Codes.MachineRefused, problem, ExitCode.Unavailable);
        using var shelf = new EpisodeShelf(folder, spec.Layout);
        try
        {
            if (!shelf.Open($"{spec.Sum}{(heldOut ? ", held out" : "")}{(pairs ? ", pairs" : "")}, build {EpisodeEntry.Here}, MuJoCo {MuJoCoLibrary.VersionText}\n", resume)) return Refuse(Codes.MachineRefused, $"another run makes episodes in {folder}", ExitCode.RunsElsewhere);
        }
        catch (InvalidDataException e)
        {
            return Refuse(Codes.MachineRefused, e.Message, ExitCode.BadInput);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(Codes.MachineRefused, e.Message, ExitCode.Unavailable);
        }
        try
        {
            return await MakeAsync(spec, shelf, folder, episodes, workers);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is InvalidDataException or VideoException or RobotNotReadyException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {e.Message.TrimEnd('.')}. What is done is kept, and --resume goes on from there.");
            return ExitCode.Unavailable;
        }
    }

    private static async Task<int> MakeAsync(GenerateSpec spec, EpisodeShelf shelf, string folder, int episodes, int workers)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, ProgressLine.Stopping);
        using var view = new GenerateProgressView(Console.Error, TimeProvider.System);
        var generator = new DatasetGenerator(spec, shelf, FilmCommand.Invocation, EpisodeEntry.Here);
        var made = generator.Make(episodes, workers, view.Show, stop.Token);
        view.Dispose();
        if (stop.IsCancellationRequested) return ExitCode.Stopped;
        foreach (var (set, count) in await generator.AssembleAsync(folder, episodes, stop.Token)) Console.Out.WriteLine($"Set:      {set} ({count} episodes)");
        Console.Out.WriteLine($"Coverage: {Path.Combine(folder, DatasetGenerator.Coverage)}");
        Console.Out.WriteLine($"{spec.Name}: {made.Succeeded} of {made.Done} episodes succeeded{(spec.HasPairs ? $"; {made.Pairs} struck by a fault, each with its twins: without the fault, and without recovery" : "")}");
        return ExitCode.Success;
    }

    private static int Refuse(string code, string why, int exit)
    {
        Console.Error.WriteLine($"{code} {why.TrimEnd('.')}. Nothing was started.");
        return exit;
    }
}
