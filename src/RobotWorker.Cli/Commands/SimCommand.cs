using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes.Audit;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker sim ...</c>: <c>serve SCENE</c>, <c>inject KIND</c> into a robot that is served, <c>replay FILE</c>.</summary>
internal static class SimCommand
{
    public static Command Build() => new("sim", "The simulated robot for other programs, and courses of events gone through again") { BuildServe(), InjectCommand.Build(), BuildReplay() };

    private static Command BuildServe()
    {
        var arguments = new ServeArguments();
        var command = new Command("serve", "Serves the simulated robot at wall pace, until Ctrl-C: any ROS tool can drive it (docs/serving.md)");
        arguments.AddTo(command);
        command.SetAction(parsed => Serve(arguments, parsed));
        return command;
    }

    private static Command BuildReplay()
    {
        var file = new Argument<string>("file") { Description = "A scenario (docs/safe-retry.md)" };
        var all = new Option<bool>("--all") { Description = "Every event, facts and timers too, and every invariant" };
        var command = new Command("replay", "Goes through a scenario's events again with the executor, prints the timeline, and says which invariants of safe retry held") { file, all };
        command.SetAction(parsed =>
        {
            var bag = new DiagnosticBag();
            var name = parsed.GetRequiredValue(file);
            var scenario = JobReader.ReadText(name, bag) is { } text ? ScenarioFile.Read(text, name, bag) : null;
            DiagnosticView.Print(bag);
            if (scenario is null) return ExitCode.BadInput;
            if (scenario.Why.Length > 0) Console.Out.WriteLine($"{scenario.Why.TrimEnd()}\n");
            try
            {
                return AuditView.Print(Console.Out, scenario.Before, scenario.Events, parsed.GetValue(all));
            }
            catch (Exception e) when (e is InvalidOperationException or InvalidCastException or NullReferenceException or ArgumentException or KeyNotFoundException)
            {
                // Written by hand, events may tell of what cannot have happened: an answer of another kind than was asked.
                Console.Error.WriteLine($"{Codes.Unreadable} {name}: its events cannot have happened in this order ({e.Message.Split('\n')[0]})");
                return ExitCode.BadInput;
            }
        });
        return command;
    }

    private static int Serve(ServeArguments arguments, ParseResult parsed)
    {
        var bag = new DiagnosticBag();
        var what = arguments.Read(parsed, bag);
        DiagnosticView.Print(bag);
        if (what is null) return ExitCode.BadInput;
        var stop = new StopSwitch();
        using var signals = new StopSignals(stop.Press, () => { });
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
