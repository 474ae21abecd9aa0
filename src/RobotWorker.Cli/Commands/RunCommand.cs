using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker run PLAN</c>: in simulation, or on a robot behind a wire.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("plan") { Description = "The plan's file (robotworker/v1, YAML or JSON)" };
        var scene = new Option<string?>("--scene") { Description = "A scene's file instead of the one that the plan names; on a robot, the map of its site", HelpName = "FILE" };
        var robot = new RobotArguments();
        var rate = new Option<double?>("--rate") { Description = "How fast the served simulated robot's time passes, as given to 'sim serve'", HelpName = "N" };
        rate.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<double?>() is not (>= 0.1 and <= 100)) result.AddError("--rate is from 0.1 to 100");
        });
        var shared = new RunArguments();
        var command = new Command("run", "Runs a plan: live tree, MCAP log, JSON report. On the simulated robot, with a film, or on the one that --robot or --profile names") { file, scene, rate };
        robot.AddTo(command);
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            var (plan, place) = (parsed.GetRequiredValue(file), parsed.GetValue(scene));
            if (!robot.AreGiven(parsed) && parsed.GetValue(rate) is not null)
            {
                Console.Error.WriteLine("--rate is for a simulated robot that is served faster than the wall's clock: it needs --robot or --profile. Nothing was started.");
                return ExitCode.BadInput;
            }
            return robot.AreGiven(parsed) ? RunOnRobot(parsed, plan, place, robot, shared, parsed.GetValue(rate) ?? 1) : RunInSimulation(parsed, plan, place, shared);
        });
        return command;
    }

    private static int RunInSimulation(ParseResult parsed, string plan, string? scene, RunArguments shared)
    {
        var bag = new DiagnosticBag();
        var job = JobReader.Read(plan, scene, bag);
        DiagnosticView.Print(bag);
        return job is null ? ExitCode.BadInput : Episodes.Run(job, shared.Read(parsed, job.Plan.Id));
    }

    private static int RunOnRobot(ParseResult parsed, string plan, string? scene, RobotArguments robot, RunArguments shared, double rate)
    {
        var bag = new DiagnosticBag();
        var job = RobotJobReader.Read(plan, scene, robot.Profile(parsed), robot.Address(parsed), bag);
        var line = job is null ? null : RobotLines.Of(robot.With(job.Profile, parsed), CredentialArguments.Say, bag);
        DiagnosticView.Print(bag);
        return job is null || line is null ? ExitCode.BadInput : Episodes.Run(job, line, rate, shared.Read(parsed, job.Plan.Id) with { Robot = line.Address.ToString() });
    }
}
