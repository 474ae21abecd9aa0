using System.CommandLine;
using RobotWorker.Cli;
using RobotWorker.Cli.Commands;

var root = new RootCommand("RobotWorker puts a robot to work: it checks a plan, turns it into ROS actions, watches the robot, and recovers safely.")
{
    RunCommand.Build(), DoCommand.Build(), PlanCommand.Build(), CheckCommand.Build(), ExplainCommand.Build(), SimCommand.Build(), RobotCommand.Build(), EpisodeCommand.BuildList(), EpisodeCommand.Build(), FaultsCommand.Build(), GenerateCommand.Build(), ReplayCommand.Build(), DatasetCommand.Build(), EvaluateCommand.Build(), ParityCommand.Build(), RosCommand.Build(), FilmCommand.Build(), SerialCommand.Build(), ArmCommand.Build(), BoardCommand.Build(),
};
root.HelpName = "robotworker";
try
{
    var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
    // What must end well hears Ctrl-C itself (StopSignals); a handler beside it would end the process after two seconds.
    var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    return parsed.Errors.Count > 0 ? ExitCode.BadInput : code;
}
catch (Exception e)
{
    return Failures.Tell(e, Console.Error);
}
