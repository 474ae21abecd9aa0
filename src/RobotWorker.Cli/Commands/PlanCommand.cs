using System.CommandLine;
using RobotWorker.Plans;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker plan "SENTENCE"</c>: prints the plan and runs nothing.</summary>
internal static class PlanCommand
{
    public static Command Build()
    {
        var sentence = new SentenceArguments();
        var command = new Command("plan", "Prints the plan for an English sentence, and runs nothing");
        sentence.AddTo(command);
        command.SetAction(parsed =>
        {
            if (sentence.Read(parsed) is not { } job) return ExitCode.BadInput;
            Console.Out.Write(job.Documents[0].Text);
            return ExitCode.Success;
        });
        return command;
    }
}
