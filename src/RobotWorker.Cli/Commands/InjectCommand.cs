using System.CommandLine;
using System.Text.Json;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;
using RobotWorker.Generation.Wire;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker sim inject KIND [FIELD=VALUE ...]</c>: a fault of a served robot, or of its wire, while it works.</summary>
internal static class InjectCommand
{
    public static Command Build()
    {
        var arguments = new InjectArguments();
        var command = new Command("inject", "Injects a fault into a robot that 'sim serve' serves, shows what can go wrong and what is active, or ends it (docs/simulated-faults.md, docs/wire-faults.md)");
        arguments.AddTo(command);
        command.SetAction((parsed, cancel) => AskAsync(arguments, parsed, cancel));
        return command;
    }

    private static async Task<int> AskAsync(InjectArguments arguments, ParseResult parsed, CancellationToken cancel)
    {
        var bag = new DiagnosticBag();
        var request = arguments.Request(parsed, bag);
        DiagnosticView.Print(bag);
        if (request is null) return ExitCode.BadInput;
        if (arguments.IsList(parsed)) FaultKindsView.Print(Console.Out);
        if (arguments.IsList(parsed) && arguments.To(parsed) is null && ControlFolder.Served.Count != 1) return ExitCode.Success;
        if (Robot(arguments.To(parsed)) is not { } robot) return ExitCode.Unavailable;
        try
        {
            var answer = await LineClient.AskAsync(ControlFolder.SocketOf(robot), JsonSerializer.Serialize(request), cancel);
            return Print(JsonSerializer.Deserialize<InjectionReply>(answer)!, request);
        }
        catch (Exception refused) when (refused is IOException or JsonException)
        {
            Console.Error.WriteLine($"{Codes.FaultRefused} the robot of process {robot} cannot be asked: {refused.Message.TrimEnd('.')}. Nothing was injected.");
            return ExitCode.Unavailable;
        }
    }

    /// <summary>The process that serves the robot; null after saying why there is none.</summary>
    private static int? Robot(int? named)
    {
        var served = ControlFolder.Served;
        if (named is { } process ? served.Contains(process) : served.Count == 1) return named ?? served[0];
        var problem = served.Count == 0 ? "no robot is served here; start one with 'robotworker sim serve SCENE'"
            : named is null ? $"several robots are served here; choose one with --to: {string.Join(", ", served)}"
            : $"process {named} serves no robot; these do: {string.Join(", ", served)}";
        Console.Error.WriteLine($"{Codes.FaultRefused} {problem}. Nothing was injected.");
        return null;
    }

    private static int Print(InjectionReply reply, InjectionRequest request)
    {
        foreach (var problem in reply.Problems) Console.Error.WriteLine(problem);
        if (!reply.Problems.IsEmpty) return ExitCode.BadInput;
        Console.Out.WriteLine($"{reply.Robot}, {reply.NowSeconds:0.0} s{(reply.Faults.IsEmpty ? request.Clear is null ? ": no faults" : ": nothing to clear" : "")}");
        foreach (var fault in reply.Faults) Console.Out.WriteLine($"  {fault.Number,3}  {fault.Kind,-20} {fault.State,-28} {fault.Details}");
        return ExitCode.Success;
    }
}
