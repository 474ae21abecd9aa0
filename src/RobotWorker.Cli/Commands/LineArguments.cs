using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary>Which graph to look around on.</summary>
internal sealed class LineArguments
{
    private readonly Option<string> robot = new("--robot") { Description = "Where the robot is: ws://host:9090, wss://host:9090 or ros1://host:11311", HelpName = "ADDRESS", Required = true, Recursive = true };
    private readonly Option<string?> token = new("--token-file") { Description = "A file with the token that the server asks for", HelpName = "FILE", Recursive = true };
    private readonly Option<string> dialect = new("--dialect") { Description = "Whose names and fields the server uses", DefaultValueFactory = _ => "auto", Recursive = true };

    public void AddTo(Command command)
    {
        robot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && RobotAddress.Parse(text) is null) result.AddError($"'{text}' is not a robot's address; {RobotAddress.Forms}");
        });
        dialect.AcceptOnlyFromAmong("auto", "ros1", "ros2");
        foreach (var option in new Option[] { robot, token, dialect }) command.Add(option);
    }

    /// <summary>The line, or null after saying why not.</summary>
    public RobotLine? Read(ParseResult parsed)
    {
        var bag = new DiagnosticBag();
        RosDialect? spoken = parsed.GetValue(dialect) switch { "ros1" => RosDialect.Ros1, "ros2" => RosDialect.Ros2, _ => null };
        var line = RobotLines.Of(new ProfileConnection(RobotAddress.Parse(parsed.GetRequiredValue(robot))!, parsed.GetValue(token), spoken), null, bag);
        DiagnosticView.Print(bag);
        return line;
    }
}
