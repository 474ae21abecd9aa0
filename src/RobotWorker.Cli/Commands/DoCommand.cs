using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker do "SENTENCE"</c>: reads, plans, checks and runs.</summary>
internal static class DoCommand
{
    public static Command Build()
    {
        var sentence = new SentenceArguments();
        var shared = new RunArguments();
        var command = new Command("do", "Does what an English sentence asks for: \"put the red cup on the shelf\"");
        sentence.AddTo(command);
        shared.AddTo(command);
        command.SetAction(parsed => sentence.Read(parsed) is { } job ? Episodes.Run(job, shared.Read(parsed, job.Plan.Id)) : ExitCode.BadInput);
        return command;
    }
}

/// <summary>A sentence and the scene that it is about.</summary>
internal sealed class SentenceArguments
{
    private readonly Argument<string> sentence = new("sentence") { Description = "What to do, in one or more English commands" };
    private readonly Option<string> scene = new("--scene") { Description = "The scene's file", DefaultValueFactory = _ => "sim/scenes/kitchen.yaml", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(sentence);
        command.Add(scene);
    }

    /// <summary>The checked plan as a job, or null after saying why not.</summary>
    public Job? Read(ParseResult parsed)
    {
        var bag = new DiagnosticBag();
        if (JobReader.ReadScene(parsed.GetValue(scene)!, bag) is not { } place)
        {
            DiagnosticView.Print(bag);
            return null;
        }
        var job = Instruction.Read(parsed.GetRequiredValue(sentence), place, bag, out var examples);
        DiagnosticView.Print(bag);
        if (examples.Length > 0) Console.Error.WriteLine($"One can say, for example: {string.Join("; ", examples.Select(e => $"\"{e}\""))}.");
        return job;
    }
}
