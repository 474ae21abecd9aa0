using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker sim ...</c>: <c>serve SCENE</c>, and <c>inject KIND</c> into a robot that is served.</summary>
internal static class SimCommand
{
    public static Command Build() => new("sim", "The simulated robot for other programs") { BuildServe(), InjectCommand.Build() };

    private static Command BuildServe()
    {
        var arguments = new ServeArguments();
        var command = new Command("serve", "Serves the simulated robot at wall pace, until Ctrl-C: any ROS tool can drive it (docs/serving.md)");
        arguments.AddTo(command);
        command.SetAction(parsed => Serve(arguments, parsed));
        return command;
    }

    private static int Serve(ServeArguments arguments, ParseResult parsed)
    {
        var bag = new DiagnosticBag();
        var what = arguments.Read(parsed, bag);
        DiagnosticView.Print(bag);
        if (what is null) return ExitCode.BadInput;
        var stop = new StopSwitch();
        using var signals = new StopSignals(stop, () => { });
        try
        {
            return new RobotServing(what.Options, what.Fronts, Console.Out.WriteLine, stop).Run() ? ExitCode.Stopped : ExitCode.Success;
        }
        catch (FrontException refused)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {refused.Message}. Nothing was started.");
            return ExitCode.Unavailable;
        }
    }
}
