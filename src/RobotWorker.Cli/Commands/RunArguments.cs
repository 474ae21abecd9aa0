using System.CommandLine;
using RobotWorker.Firmware.Arm;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Station;
using RobotWorker.Time;

namespace RobotWorker.Cli.Commands;

/// <summary>The options that <c>run</c> and <c>do</c> share.</summary>
internal sealed class RunArguments
{
    private readonly Option<long> seed = new("--seed") { Description = "Seed of the scene's variation and of all randomness (0 or more)", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<string?> report = new("--report") { Description = "Also write the JSON report here", HelpName = "FILE" };
    private readonly Option<string?> output = new("--output") { Description = "Folder for log, film and report (default: episodes/PLAN-SEED)", HelpName = "FOLDER" };
    private readonly Option<string?> answers = new("--answers") { Description = "Answers to questions, one a line, instead of the terminal", HelpName = "FILE" };
    private readonly Option<bool> timing = new("--timing") { Description = "Print where the wall time went" };
    private readonly Option<bool> plain = new("--plain") { Description = "Plain lines instead of the live tree" };
    private readonly Option<string> video = Choice("--video", "Film of the run", "overview", "none", "overview", "full");
    private readonly Option<string> pace = Choice("--pace", "virtual: as fast as the machine can; wall: as fast as a robot of metal", "virtual", "virtual", "wall");

    private readonly ExportArguments export = new();

    public void AddTo(Command command)
    {
        seed.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out var number) && number < 0) result.AddError("--seed must be 0 or more");
        });
        foreach (var path in new[] { report, output, answers })
        {
            path.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value.Length: 0 }]) result.AddError($"{path.Name} needs a path.");
            });
        }
        foreach (var option in new Option[] { seed, report, output, answers, video, pace, timing, plain }) command.Add(option);
        export.AddTo(command);
    }

    public RunRequest Read(ParseResult parsed, string plan) => new(
        (ulong)parsed.GetValue(seed), parsed.GetValue(output) ?? Path.Combine("episodes", $"{plan}-{parsed.GetValue(seed)}"), parsed.GetValue(report), parsed.GetValue(answers),
        Enum.Parse<VideoMode>(parsed.GetValue(video)!, ignoreCase: true), Enum.Parse<Pace>(parsed.GetValue(pace)!, ignoreCase: true), parsed.GetValue(timing),
        parsed.GetValue(plain)) { Export = export.Read(parsed) };

    private static Option<string> Choice(string name, string description, string usual, params string[] choices)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        return option.AcceptOnlyFromAmong(choices);
    }
}

/// <param name="Report">Where the report is also to be written, or null.</param>
/// <param name="Answers">A file of answers, or null for the terminal.</param>
internal sealed record RunRequest(
    ulong Seed, string Folder, string? Report, string? Answers, VideoMode Video, Pace Pace, bool Timing, bool Plain)
{
    /// <summary>The address of a robot behind a wire; null in simulation.</summary>
    public string? Robot { get; init; }

    /// <summary>Where other processes may control the run on a robot behind a wire; null: nowhere.</summary>
    public string? Control { get; init; }

    /// <summary>The servo bus over whose bytes the simulated arm is moved; null: over none.</summary>
    public SerialArmDescription? SerialArm { get; init; }

    /// <summary>Where things stand, as it was taught, instead of a camera; null: there is a camera.</summary>
    public TaughtArm? Taught { get; init; }

    /// <summary>Where its telemetry goes.</summary>
    public ExportOptions Export { get; init; } = ExportOptions.None;

    /// <summary>Whether an answer from there is waited for where nobody is at the terminal.</summary>
    public bool WaitsForAnswers { get; init; }
}
