using System.CommandLine;
using System.Text.Json;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Generation.Lines;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Wire;
using RobotWorker.Recording.Journals;

namespace RobotWorker.Cli.Commands;

/// <summary>What <c>robotworker episode</c> asks of the process that runs an episode: pause, unpause, stop, mode, answer, revise.</summary>
internal static class ControlCommands
{
    public static Command Pause() => Plain("pause", "Stops the robot and keeps it still until 'unpause'; costs no attempt", ControlVerb.Pause, "The robot is being stopped, and stands still until 'unpause'.");

    public static Command Unpause() => Plain("unpause", "Looks at the world again, and goes on from what is seen", ControlVerb.Unpause, "It looks, and goes on.");

    public static Command Stop() => Plain("stop", "Stops the robot and ends the episode, as Ctrl-C does", ControlVerb.Stop, "The robot is being stopped; the episode ends.");

    public static Command Mode() => WithText(
        "mode", "Changes the operating mode (VDA 5050): in SEMIAUTOMATIC a person releases each motion, in MANUAL the worker keeps its hands off", "mode",
        string.Join(", ", OperatingModes.All), ControlVerb.Mode, word => $"The robot is in {word.ToUpperInvariant()} for the worker.");

    public static Command Answer() => WithText("answer", "Answers the question that the episode asks", "answer", "One of its options; 'episode show' tells them", ControlVerb.Answer, _ => "The answer was taken.");

    public static Command Revise()
    {
        var (id, journal) = (EpisodeCommand.Id(), EpisodeCommand.Journal());
        var file = new Argument<string>("plan") { Description = "The new plan's file: the same id and a higher revision" };
        var command = new Command("revise", "Replaces the running plan by a newer revision: what was begun goes on, the rest is exchanged") { id, file, journal };
        command.SetAction((parsed, cancel) => AskAsync(parsed.GetRequiredValue(id), parsed.GetValue(journal), entry =>
        {
            var bag = new DiagnosticBag();
            var job = (RobotSource.Read(entry.Source) with { Plan = Path.GetFullPath(parsed.GetRequiredValue(file)) }).Open(bag);
            DiagnosticView.Print(bag);
            return job is null ? null : new(ControlVerb.Revise, EventJson.WritePlan(job.Plan));
        }, "The new revision runs.", cancel));
        return command;
    }

    private static Command Plain(string name, string description, ControlVerb verb, string done)
    {
        var (id, journal) = (EpisodeCommand.Id(), EpisodeCommand.Journal());
        var command = new Command(name, description) { id, journal };
        command.SetAction((parsed, cancel) => AskAsync(parsed.GetRequiredValue(id), parsed.GetValue(journal), _ => new(verb), done, cancel));
        return command;
    }

    private static Command WithText(string name, string description, string argument, string words, ControlVerb verb, Func<string, string> done)
    {
        var (id, journal) = (EpisodeCommand.Id(), EpisodeCommand.Journal());
        var text = new Argument<string>(argument) { Description = words };
        var command = new Command(name, description) { id, text, journal };
        command.SetAction((parsed, cancel) => AskAsync(parsed.GetRequiredValue(id), parsed.GetValue(journal), _ => new(verb, parsed.GetRequiredValue(text)), done(parsed.GetRequiredValue(text)), cancel));
        return command;
    }

    private static async Task<int> AskAsync(string id, string? journal, Func<EpisodeEntry, ControlRequest?> request, string done, CancellationToken cancel)
    {
        if (EpisodeCommand.Find(id, journal) is not { } file) return ExitCode.BadInput;
        using var read = RobotJournal.OpenToRead(file);
        var entry = read.Find(id)!;
        if (entry.Report is not null || !RobotJournal.IsInUse(file))
        {
            Console.Error.WriteLine($"{Codes.NoEpisode} {(entry.Report is not null ? $"the episode {entry.Submission} has ended" : $"no process runs the episode {entry.Submission}: 'robotworker episode resume {entry.Submission}' goes on with it")}. Nothing was done.");
            return ExitCode.BadInput;
        }
        if (request(entry) is not { } asked) return ExitCode.BadInput;
        try
        {
            if (ControlReply.Read(await LineClient.AskAsync(ControlRequest.SocketOf(read.Path), asked.Write(), cancel)).Refused is { } refused)
            {
                Console.Error.WriteLine($"It was refused: {refused}. Nothing was changed.");
                return ExitCode.BadInput;
            }
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} the process that runs it ({read.Owner}) was not reached at {ControlRequest.SocketOf(read.Path)}: {e.Message}");
            return ExitCode.Unavailable;
        }
        Console.Out.WriteLine(done);
        return ExitCode.Success;
    }
}
