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
        var serial = new Option<string?>("--serial-arm") { Description = "In simulation: the arm is moved over the bytes of this servo bus, by emulated servos (docs/serial-arm.md)", HelpName = "FILE" };
        var taught = new Option<string?>("--taught") { Description = "With --serial-arm: where things stand was taught by hand ('arm teach'), and there is no camera", HelpName = "FILE" };
        var robot = new RobotArguments();
        var shared = new RunArguments();
        var command = new Command("run", "Runs a plan: live tree, MCAP log, JSON report. On the simulated robot, with a film, or on the one that --robot or --profile names") { file, scene, serial, taught };
        robot.AddTo(command);
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            var (plan, place) = (parsed.GetRequiredValue(file), parsed.GetValue(scene));
            var (bus, objects) = (parsed.GetValue(serial), parsed.GetValue(taught));
            if (objects is not null && bus is null)
            {
                Console.Error.WriteLine("--taught needs --serial-arm; in front of metal it belongs to 'arm serve'. Nothing was started.");
                return ExitCode.BadInput;
            }
            if (robot.AreGiven(parsed))
            {
                if (bus is null) return RunOnRobot(parsed, plan, place, robot, shared);
                Console.Error.WriteLine("--serial-arm is for the simulated robot; 'arm serve' puts an arm of metal on a wire. Nothing was started.");
                return ExitCode.BadInput;
            }
            if (robot.Idle(parsed) is not { } idle) return RunInSimulation(parsed, plan, place, bus, objects, shared);
            Console.Error.WriteLine($"{idle} is for a robot behind a wire, or a simulated one that 'sim serve' serves: it needs --robot or --profile. Nothing was started.");
            return ExitCode.BadInput;
        });
        return command;
    }

    private static int RunInSimulation(ParseResult parsed, string plan, string? scene, string? bus, string? objects, RunArguments shared)
    {
        var bag = new DiagnosticBag();
        var job = JobReader.Read(plan, scene, bag);
        DiagnosticView.Print(bag);
        if (job is null) return ExitCode.BadInput;
        var request = shared.Read(parsed, job.Plan.Id);
        if (bus is null) return Episodes.Run(job, request);
        if (HardwareRun.Read(bus) is not { } arm) return ExitCode.BadInput;
        if (EpisodeRun.WhyNotOver(arm, job) is { } why)
        {
            Console.Error.WriteLine($"{Codes.NotOnRobot} {bus}: {why}. Nothing was started.");
            return ExitCode.BadInput;
        }
        var taught = objects is null ? null : HardwareRun.ReadTaught(arm, bus, objects);
        return objects is not null && taught is null ? ExitCode.BadInput : Episodes.Run(job, request with { SerialArm = arm, Taught = taught });
    }

    private static int RunOnRobot(ParseResult parsed, string plan, string? scene, RobotArguments robot, RunArguments shared)
    {
        var bag = new DiagnosticBag();
        // The folder's name is the plan's, which is not read yet: the full paths stand in the journal for whoever resumes.
        var source = robot.Source(parsed, plan, scene, 0, ".");
        var job = source.Open(bag);
        var line = job is null ? null : RobotLines.Of(job.Profile, CredentialArguments.Say, bag);
        DiagnosticView.Print(bag);
        if (job is null || line is null) return ExitCode.BadInput;
        var request = shared.Read(parsed, job.Plan.Id) with { Robot = line.Address.ToString(), WaitsForAnswers = robot.WaitsForAnswers(parsed) };
        return JournalledRun.Submit(job, line, source with { Seed = request.Seed, Folder = Path.GetFullPath(request.Folder) }, request, robot.Submission(parsed));
    }
}
