using System.CommandLine;
using RobotWorker.Cli;
using RobotWorker.Cli.Commands;
using RobotWorker.Diagnostics;
using RobotWorker.MuJoCo;

var root = new RootCommand("RobotWorker puts a robot to work: it checks a plan, turns it into ROS actions, watches the robot, and recovers safely.")
{
    RunCommand.Build(), DoCommand.Build(), PlanCommand.Build(), CheckCommand.Build(), FilmCommand.Build(),
};
root.HelpName = "robotworker";
try
{
    var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
    var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.BadInput : code;
}
catch (MuJoCoUnavailableException e)
{
    Console.Error.WriteLine($"{Codes.NoSimulator} the simulator cannot be used: {e.Message}");
    return ExitCode.Unavailable;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{Codes.MachineRefused} {e.Message}");
    return ExitCode.Unavailable;
}
catch (Exception e)
{
    // The last resort: a mistake of ours is told in one line; the environment variable shows where it came from.
    Console.Error.WriteLine($"{Codes.Internal} internal error: {e.Message} (please report it; ROBOTWORKER_DEBUG=1 shows where it happened)");
    if (Environment.GetEnvironmentVariable("ROBOTWORKER_DEBUG") == "1") Console.Error.WriteLine(e);
    return ExitCode.Internal;
}
