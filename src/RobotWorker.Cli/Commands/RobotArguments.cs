using System.CommandLine;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary><c>--robot</c> and <c>--profile</c>: which robot behind a wire.</summary>
internal sealed class RobotArguments
{
    private readonly Option<string?> robot = new("--robot") { Description = "Where the robot is: ws://host:9090, wss://host:9090 or ros1://host:11311", HelpName = "ADDRESS" };
    private readonly Option<string?> profile = new("--profile") { Description = "The robot's profile: names, frames, body, and its address where --robot gives none", HelpName = "FILE" };
    private readonly CredentialArguments credentials = new();

    public void AddTo(Command command)
    {
        robot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && RobotAddress.Parse(text) is null) result.AddError($"'{text}' is not a robot's address; {RobotAddress.Forms}");
        });
        command.Add(robot);
        command.Add(profile);
        credentials.AddTo(command);
    }

    public bool AreGiven(ParseResult parsed) => parsed.GetValue(robot) is not null || parsed.GetValue(profile) is not null;

    public RobotAddress? Address(ParseResult parsed) => parsed.GetValue(robot) is { } text ? RobotAddress.Parse(text) : null;

    public string? Profile(ParseResult parsed) => parsed.GetValue(profile);

    /// <summary>The profile with what was given beside it.</summary>
    public RobotProfile With(RobotProfile profile, ParseResult parsed) => credentials.On(profile, parsed);
}
