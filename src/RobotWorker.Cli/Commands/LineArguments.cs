using System.CommandLine;
using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary>Which graph to look around on.</summary>
internal sealed class LineArguments
{
    private readonly Option<string> robot = new("--robot") { Description = "Where the robot is: ws://host:9090, wss://host:9090 or ros1://host:11311", HelpName = "ADDRESS", Required = true, Recursive = true };
    private readonly CredentialArguments credentials = new();
    private readonly Option<string> dialect = new("--dialect") { Description = "Whose names and fields the server uses", DefaultValueFactory = _ => "auto", Recursive = true };

    private readonly Option<string[]> definitions = new("--definitions")
    {
        Description = "A folder with .msg, .srv and .action files (PACKAGE/msg/Name.msg), for types that are not compiled in and that the robot does not tell; may be given again",
        HelpName = "DIR", Recursive = true, DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        robot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && RobotAddress.Parse(text) is null) result.AddError($"'{text}' is not a robot's address; {RobotAddress.Forms}");
        });
        dialect.AcceptOnlyFromAmong("auto", "ros1", "ros2");
        definitions.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !Directory.Exists(token.Value)) is { } missing) result.AddError($"'{missing.Value}' is no folder");
        });
        foreach (var option in new Option[] { robot, dialect, definitions }) command.Add(option);
        credentials.AddTo(command);
    }

    /// <summary>Where definitions are looked for.</summary>
    public DefinitionFiles Definitions(ParseResult parsed) => new(parsed.GetValue(definitions) ?? []);

    /// <summary>The line, or null after saying why not.</summary>
    public RobotLine? Read(ParseResult parsed)
    {
        var bag = new DiagnosticBag();
        RosDialect? spoken = parsed.GetValue(dialect) switch { "ros1" => RosDialect.Ros1, "ros2" => RosDialect.Ros2, _ => null };
        var line = RobotLines.Of(credentials.On(new ProfileConnection(RobotAddress.Parse(parsed.GetRequiredValue(robot))!, null, spoken), parsed), CredentialArguments.Say, bag);
        DiagnosticView.Print(bag);
        return line;
    }
}
