using System.CommandLine;
using System.Globalization;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Scoring;
using RobotWorker.Recording.Mcap;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults replay</c>: the fault monitor over a recording.</summary>
internal static class FaultsReplayCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("recording") { Description = "An MCAP file with the robot's topics, such as every episode leaves behind" };
        var profile = new Option<string?>("--profile") { Description = "The robot's profile, for its topics, its joints and its own faults (default: the standard topics, the joints that the recording names, the built-in faults)", HelpName = "FILE" };
        var signals = new Option<string?>("--signals") { Description = "Also writes every signal that the monitor hears here, as CSV: seconds, signal, value", HelpName = "FILE" };
        var command = new Command("replay", "Runs the fault monitor over a recording, and compares what it notices with what it noticed then (exit code 1 where that differs)") { file, profile, signals };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var bag = new DiagnosticBag();
            var told = parsed.GetValue(profile) is { } name ? RobotJobReader.ReadProfile(name, bag) : null;
            DiagnosticView.Print(bag);
            if (bag.HasErrors) return ExitCode.BadInput;
            McapRecording recording;
            FaultReplay replay;
            var samples = new List<Sample>();
            var table = parsed.GetValue(signals);
            try
            {
                recording = McapReader.Read(path);
                var names = told?.Profile.Names ?? RosNames.Standard;
                replay = FaultReplay.Of(recording, names, told?.Faults ?? FaultCatalogueReader.BuiltIn.For(FaultReplay.ArmIn(recording, names)), table is null ? null : samples.Add);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Console.Error.WriteLine($"{Codes.UnreadFile} {path}: {e.Message.TrimEnd('.')}. Nothing was compared.");
                return ExitCode.BadInput;
            }
            if (!replay.HeardAnything)
            {
                Console.Error.WriteLine($"{Codes.UnreadFile} {path}: {NothingHeard(recording)} Nothing was compared.");
                return ExitCode.BadInput;
            }
            if (told is null && FaultReplay.OwnFaultsIn(recording) is { } own) Console.Error.WriteLine($"note     the robot had faults of its own ({own}, in the recording), and this is by the built-in ones: give its profile, --profile FILE");
            return table is not null && !WriteSignals(table, samples) ? ExitCode.Unavailable : Print(replay);
        });
        return command;
    }

    private static string NothingHeard(McapRecording recording) => recording.Messages.IsEmpty
        ? "there is no message in it."
        : $"there is no message in it on a topic that the monitor listens to, only on {string.Join(", ", recording.Channels.Values.Select(c => c.Topic).Distinct().Order(StringComparer.Ordinal).Take(5))}. The topics of another robot stand in its profile, --profile FILE.";

    private static bool WriteSignals(string file, IEnumerable<Sample> samples)
    {
        try
        {
            using var writer = new StreamWriter(file);
            writer.WriteLine("seconds,signal,value");
            foreach (var s in samples) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.At.Seconds:0.000},{s.Signal},{s.Value:R}"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {file}: {e.Message.TrimEnd('.')}");
            return false;
        }
    }

    private static int Print(FaultReplay replay)
    {
        foreach (var notice in replay.Notices) Console.Error.WriteLine($"note     {notice}");
        foreach (var note in replay.Replayed) Console.Out.WriteLine($"{note.At.Seconds,10:0.000} s  {note.Stage.ToString().ToLowerInvariant(),-12}  {note.Code,-24}  {note.Component}");
        if (replay.Replayed.IsEmpty) Console.Out.WriteLine("No fault was noticed.");
        if (replay.Recorded.IsEmpty && !replay.Replayed.IsEmpty)
        {
            Console.Out.WriteLine("The recording holds no notes of a monitor: there is nothing to compare with.");
            return ExitCode.Success;
        }
        Console.Out.WriteLine(replay.IsIdentical ? $"The same {replay.Replayed.Length} notes as in the recording." : "That is not what the recording holds:");
        if (replay.IsIdentical) return ExitCode.Success;
        foreach (var note in replay.Recorded.Except(replay.Replayed)) Console.Out.WriteLine($"  only then: {note}");
        foreach (var note in replay.Replayed.Except(replay.Recorded)) Console.Out.WriteLine($"  only now:  {note}");
        return ExitCode.Failed;
    }
}
