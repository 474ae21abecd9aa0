using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults list</c>: the catalogue as a worker uses it.</summary>
internal static class FaultsListCommand
{
    public static Command Build()
    {
        var profile = new Option<string?>("--profile") { Description = "The robot's profile: its joints, and its own faults (default: the built-in catalogue, for any robot)", HelpName = "FILE" };
        var yaml = new Option<bool>("--yaml") { Description = "Prints the built-in catalogue's file instead, to take entries from for one of your own" };
        var command = new Command("list", "Lists the faults that a worker knows: what each forbids, how it is recovered from, how it is found (docs/faults.md)") { profile, yaml };
        command.Validators.Add(r =>
        {
            if (r.GetValue(yaml) && r.GetValue(profile) is not null) r.AddError("--yaml prints the built-in catalogue, which is the same for every robot: leave --profile out.");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(yaml))
            {
                Console.Out.Write(FaultCatalogueReader.BuiltInText);
                return ExitCode.Success;
            }
            var bag = new DiagnosticBag();
            var catalogue = parsed.GetValue(profile) is { } file ? RobotJobReader.ReadProfile(file, bag)?.Faults : FaultCatalogueReader.BuiltIn;
            DiagnosticView.Print(bag);
            if (catalogue is null) return ExitCode.BadInput;
            FaultCatalogueView.Print(Console.Out, catalogue);
            return ExitCode.Success;
        });
        return command;
    }
}
