using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Lines;
using RobotWorker.Generation.Runs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker robot check PROFILE</c>: which skills can work on a robot.</summary>
internal static class RobotCommand
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Build() => new("robot", "Looks after a robot behind a wire") { Check() };

    private static Command Check()
    {
        var file = new Argument<string>("profile") { Description = "The robot's profile" };
        var robot = new Option<string?>("--robot") { Description = "Where the robot is, instead of where the profile says", HelpName = "ADDRESS" };
        var listen = new Option<double>("--listen") { Description = "How long to listen, in seconds", DefaultValueFactory = _ => 3, HelpName = "SECONDS" };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON" };
        var credentials = new CredentialArguments();
        robot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && RobotAddress.Parse(text) is null) result.AddError($"'{text}' is not a robot's address; {RobotAddress.Forms}");
        });
        listen.Must(n => n is >= 0.5 and <= 600, "--listen is from 0.5 to 600 seconds");
        var command = new Command("check", "Connects, moves nothing, and says which skills can work there and what is missing for the others") { file, robot, listen, json };
        credentials.AddTo(command);
        command.SetAction(parsed =>
        {
            var bag = new DiagnosticBag();
            var profile = RobotJobReader.ReadProfile(parsed.GetRequiredValue(file), bag)?.Profile;
            if (profile is not null && parsed.GetValue(robot) is { } address)
                profile = profile with { Connection = ProfileConnection.At(RobotAddress.Parse(address)!, profile.Connection) };
            if (profile is { Connection: null })
                bag.Error(Codes.NotAnAddress, new(parsed.GetRequiredValue(file), 1, 1), "nothing says where the robot is", "give --robot ADDRESS, or 'connection' in the profile");
            var line = profile is null ? null : RobotLines.Of(credentials.On(profile, parsed), CredentialArguments.Say, bag);
            DiagnosticView.Print(bag);
            return line is null ? ExitCode.BadInput : Run(profile!, line, TimeSpan.FromSeconds(parsed.GetValue(listen)), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(RobotProfile profile, RobotLine line, TimeSpan listen, bool json)
    {
        var stop = new StopSwitch();
        using var signals = new StopSignals(stop.Press, () => { });
        try
        {
            var report = LineSession.Run(line, $"robotworker_{Environment.ProcessId}", stop, async (ros, dialect, stopped) =>
            {
                using var check = new RobotCheck(ros, profile.On(dialect));
                return await check.RunAsync(line.Address.ToString(), listen, stopped);
            });
            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(report, Options));
            else Print(report);
            return report.AllWork ? ExitCode.Success : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
    }

    private static void Print(RobotCheckReport report)
    {
        Console.Out.WriteLine($"{report.Robot} at {report.Address}, {(report.Dialect == Ros.Codecs.RosDialect.Ros1 ? "ROS 1" : "ROS 2")}:");
        foreach (var finding in report.Findings)
            Console.Out.WriteLine($"  {(finding.IsRight ? "ok     " : "MISSING")}  {finding.Subject,-26} {finding.Found}{(finding.Right is null ? "" : $"; {finding.Right}")}");
        Console.Out.WriteLine();
        foreach (var skill in report.Skills)
            Console.Out.WriteLine($"  {skill.Skill,-12} {(skill.Works ? "works" : $"cannot work without {string.Join(", ", skill.Missing)}")}");
    }
}
