using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker run PLAN</c>.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("plan") { Description = "The plan's file (robotworker/v1, YAML or JSON)" };
        var scene = new Option<string?>("--scene") { Description = "A scene's file instead of the one that the plan names", HelpName = "FILE" };
        var shared = new RunArguments();
        var command = new Command("run", "Runs a plan on the simulated robot: live tree, MCAP log, film, JSON report") { file, scene };
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            var bag = new DiagnosticBag();
            var job = JobReader.Read(parsed.GetRequiredValue(file), parsed.GetValue(scene), bag);
            DiagnosticView.Print(bag);
            return job is null ? ExitCode.BadInput : Episodes.Run(job, shared.Read(parsed, job.Plan.Id));
        });
        return command;
    }
}
