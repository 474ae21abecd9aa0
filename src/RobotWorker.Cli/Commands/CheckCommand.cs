using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker check FILE</c>.</summary>
internal static class CheckCommand
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A plan, scene, robot, robot profile, faults file, catalogue of faults or scenario" };
        var scene = new Option<string?>("--scene") { Description = "Check a plan against this scene instead of the one it names", HelpName = "FILE" };
        var profile = new Option<string?>("--profile") { Description = "Check a plan for the robot of this profile: whether it has what the steps need", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON" };
        var command = new Command("check", "Checks a file and prints what is wrong, where, and what would be right") { file, scene, profile, json };
        command.SetAction(parsed =>
        {
            var bag = new DiagnosticBag();
            DocumentCheck.Check(parsed.GetRequiredValue(file), parsed.GetValue(scene), parsed.GetValue(profile), bag);
            if (parsed.GetValue(json)) PrintJson(bag);
            else PrintText(parsed.GetRequiredValue(file), bag);
            return bag.HasErrors ? ExitCode.BadInput : ExitCode.Success;
        });
        return command;
    }

    private static void PrintText(string file, DiagnosticBag bag)
    {
        foreach (var found in bag.All) Console.Out.WriteLine($"{(found.Severity == Severity.Warning ? "warning " : "")}{found}");
        var errors = bag.All.Count(d => d.Severity == Severity.Error);
        Console.Out.WriteLine(bag.All.Count == 0 ? $"{file}: nothing is wrong." : $"{file}: {errors} errors, {bag.All.Count - errors} warnings.");
    }

    private static void PrintJson(DiagnosticBag bag)
    {
        var findings = bag.All.Select(d => new Finding(
            d.Code, d.Severity.ToString().ToLowerInvariant(), d.Place.File, d.Place.Line, d.Place.Column, d.Message, d.Help));
        Console.Out.WriteLine(JsonSerializer.Serialize(new { Ok = !bag.HasErrors, Diagnostics = findings }, Options));
    }

    private sealed record Finding(string Code, string Severity, string File, int Line, int Column, string Message, string? Help);
}
