using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Parity;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker parity PLAN --a ROBOT --b ROBOT</c>: one plan on two robots, one after the other, and how alike it went.</summary>
internal static class ParityCommand
{
    public static Command Build()
    {
        var plan = new Argument<string?>("plan") { Description = "The plan's file; not needed where both sides were recorded before", Arity = ArgumentArity.ZeroOrOne };
        var scene = new Option<string?>("--scene") { Description = "A scene's file instead of the one that the plan names; for a robot behind a wire, the map of its site", HelpName = "FILE" };
        var seed = new Option<long>("--seed") { Description = "Seed of the scene's variation and of all randomness, the same for both sides (0 or more)", DefaultValueFactory = _ => 1, HelpName = "N" };
        var rate = new Option<double>("--rate") { Description = "How fast a served simulated robot's time passes, as given to 'sim serve'", DefaultValueFactory = _ => 1, HelpName = "N" };
        var output = new Option<string>("--output") { Description = "The folder for both episodes, parity.json and the page parity.html", DefaultValueFactory = _ => "parity", HelpName = "DIR" };
        var json = new Option<string?>("--json") { Description = "Also write the report as JSON here", HelpName = "FILE" };
        var credentials = new CredentialArguments();
        var (a, b) = (new SideOptions("a"), new SideOptions("b"));
        seed.Must(n => n >= 0, "--seed must be 0 or more");
        rate.Must(n => n is >= 0.1 and <= 100, "--rate is from 0.1 to 100");
        var command = new Command("parity", "Runs one plan on two robots, or takes two recorded episodes, and tells how alike they went: durations, the tools' ways, beliefs, latencies") { plan, scene, seed, rate, output, json };
        a.AddTo(command);
        b.AddTo(command);
        credentials.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = new ParityOptions(parsed.GetValue(plan))
            {
                Scene = parsed.GetValue(scene), Seed = (ulong)parsed.GetValue(seed), Rate = parsed.GetValue(rate), TokenFile = credentials.TokenFile(parsed), CaFile = credentials.CaFile(parsed),
            };
            return Run(a.Read(parsed, options), b.Read(parsed, options), parsed.GetRequiredValue(output), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Side a, Side b, string folder, string? json)
    {
        if ((a.WhyNot ?? b.WhyNot) is { } wrong) return Refuse(wrong, ExitCode.BadInput);
        if (a is { Source: ParitySource.Recorded, Options.Plan: { } unused } && b.Source is ParitySource.Recorded) return Refuse($"A and B are recordings, so that nothing is run: leave {unused} out", ExitCode.BadInput);
        if (Prepare(a, b) is not var (first, second)) return ExitCode.BadInput;
        if (first.Plan != second.Plan) return Refuse($"A is a run of plan {first.Plan}, B one of {second.Plan}: give two runs of one plan", ExitCode.BadInput);
        var (folderA, folderB) = (Path.Combine(folder, "a"), Path.Combine(folder, "b"));
        if ((WhyTaken(first, folderA) ?? WhyTaken(second, folderB)) is { } taken) return Refuse(taken, ExitCode.BadInput);
        if (Writable.WhyNot(folder, json) is { } problem) return Refuse($"{Codes.MachineRefused} {problem}", ExitCode.Unavailable);
        if (Run(first, folderA, second, folderB) is not var (runA, runB)) return ExitCode.Stopped;
        return Tell((a.Name, runA), (b.Name, runB), folder, json);
    }

    // An episode of another comparison is nobody's to replace, least of all one that is to be compared with.
    private static string? WhyTaken(ParityEpisode side, string folder) => side.Moves && Directory.Exists(folder) ? $"{folder} is there already, and has another comparison's episode: give another --output, or take it away" : null;

    /// <summary>Reads and checks both, before anything moves; null where that told why not.</summary>
    private static (ParityEpisode A, ParityEpisode B)? Prepare(Side a, Side b)
    {
        var (found, told) = (new DiagnosticBag(), new DiagnosticBag());
        var (first, second) = (ParityEpisode.Prepare(a.Source, a.Options, found, CredentialArguments.Say), ParityEpisode.Prepare(b.Source, b.Options, found, CredentialArguments.Say));
        // Both have read the same plan.
        foreach (var one in found.All.Distinct()) told.Add(one);
        DiagnosticView.Print(told);
        return first is null || second is null ? null : (first, second);
    }

    /// <summary>Runs A and then B; null where Ctrl-C stopped one of them.</summary>
    private static (RecordedRun A, RecordedRun B)? Run(ParityEpisode a, string folderA, ParityEpisode b, string folderB)
    {
        var stop = new StopSwitch();
        using var signals = new StopSignals(stop.Press, RunView.Stopping);
        return One("A", a, folderA) is { } inA && One("B", b, folderB) is { } inB ? (inA, inB) : null;

        RecordedRun? One(string side, ParityEpisode episode, string folder)
        {
            if (stop.IsPressed) return null;
            using var view = new ParityProgressView(side, Console.Error, TimeProvider.System);
            return episode.Run(folder, stop, view);
        }
    }

    private static int Tell((string Name, RecordedRun Run) a, (string Name, RecordedRun Run) b, string folder, string? json)
    {
        var report = ParityReport.Of(a.Run, b.Run);
        ParityView.Print(Console.Out, report, a.Name, b.Name);
        var (text, page) = (ParityFile.Json(report, a.Name, b.Name), Path.Combine(folder, "parity.html"));
        var unwritten = WholeFile.TryWrite(Path.Combine(folder, "parity.json"), text) ?? WholeFile.TryWrite(page, ParityPage.Write(report, a, b)) ?? (json is null ? null : WholeFile.TryWrite(json, text));
        if (unwritten is not null)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {unwritten}");
            return ExitCode.Unavailable;
        }
        Console.Out.WriteLine($"Page:     {page}");
        return ExitCode.Success;
    }

    private static int Refuse(string why, int exit)
    {
        Console.Error.WriteLine($"{why.TrimEnd('.')}. Nothing was compared.");
        return exit;
    }

    /// <param name="Name">As it was written, with its shifts.</param>
    /// <param name="WhyNot">What is wrong with it; null: nothing yet.</param>
    private sealed record Side(string Name, ParitySource Source, ParityOptions Options, string? WhyNot);

    /// <summary>The options that each side has for itself.</summary>
    private sealed class SideOptions
    {
        private readonly Option<string> source;
        private readonly Option<string?> profile;
        private readonly Option<string[]> vary;

        public SideOptions(string side)
        {
            source = new($"--{side}") { Description = $"Side {side.ToUpperInvariant()}: sim, sim:SCENE, ws://host:9090, wss://host:9090, ros1://host:11311, or the recording of an episode (its file or folder)", HelpName = "ROBOT", Required = true };
            profile = new($"--profile-{side}") { Description = "The profile of the robot behind a wire, or of the one that was recorded", HelpName = "FILE" };
            vary = new($"--vary-{side}") { Description = "In what the simulated robot differs from its description, which the worker is not told: joint_stiffness=0.7 and the like (docs/datasets.md)", HelpName = "AXIS=VALUE", AllowMultipleArgumentsPerToken = true };
            source.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var text }] && ParitySource.Parse(text) is null) result.AddError($"'{text}' is neither a robot nor a recording; {ParitySource.Forms}");
            });
            vary.Validators.Add(result =>
            {
                if (result.Tokens.Select(t => WhyNoShift(t.Value)).FirstOrDefault(why => why is not null) is { } wrong) result.AddError($"--vary-{side}: {wrong}");
                else if (result.Tokens.GroupBy(t => Shift(t.Value).Axis).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }) result.AddError($"--vary-{side}: {twice} twice");
            });
        }

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { source, profile, vary }) command.Add(option);
        }

        public Side Read(ParseResult parsed, ParityOptions shared)
        {
            var (text, shifts) = (parsed.GetRequiredValue(source), parsed.GetValue(vary) ?? []);
            var side = ParitySource.Parse(text)!;
            var options = shared with { Profile = parsed.GetValue(profile), Shifts = shifts.Select(Shift).ToImmutableSortedDictionary(s => s.Axis, s => s.Value, StringComparer.Ordinal) };
            var whyNot = side is not ParitySource.Recorded && shared.Plan is null ? $"{source.Name} {text} is a robot: say which plan it shall run"
                : side is not ParitySource.Simulated && shifts.Length > 0 ? $"{vary.Name} is for a simulated robot, and {source.Name} is {text}"
                : side is ParitySource.Simulated && options.Profile is not null ? $"{profile.Name} is for a robot behind a wire or a recording; the simulated robot has its own"
                : null;
            return new(string.Join(' ', shifts.Prepend(text)), side, options, whyNot);
        }

        private static string? WhyNoShift(string text)
        {
            if (text.Split('=') is not [var axis, var value] || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return $"'{text}' is not of the form joint_stiffness=0.7";
            if (!Axes.All.TryGetValue(axis, out var kind)) return $"nothing is called '{axis}'; {Nearest.Help(axis, [.. Axes.All.Keys.Order(StringComparer.Ordinal)])}";
            if (Axes.OfPictures.Contains(axis)) return $"{axis} ({kind.What}) changes pictures alone, and here none are taken";
            return number >= kind.Least && number <= kind.Most ? null : string.Create(CultureInfo.InvariantCulture, $"{axis} ({kind.What}) is from {kind.Least} to {kind.Most}, not {value}");
        }

        private static (string Axis, double Value) Shift(string text) => (text.Split('=')[0], double.Parse(text.Split('=')[1], CultureInfo.InvariantCulture));
    }
}
