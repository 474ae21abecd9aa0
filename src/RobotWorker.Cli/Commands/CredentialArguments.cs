using System.CommandLine;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary><c>--token-file</c> and <c>--ca</c>: what a server asks for, and whose certificate is believed. They go before what a profile says.</summary>
internal sealed class CredentialArguments
{
    private readonly Option<string?> token = new("--token-file") { Description = "A file with the token that the server asks for", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> authority = new("--ca") { Description = "A PEM file with the certificate of the authority to believe over wss://, where this machine does not", HelpName = "FILE", Recursive = true };

    public void AddTo(Command command)
    {
        command.Add(token);
        command.Add(authority);
    }

    public string? TokenFile(ParseResult parsed) => parsed.GetValue(token);

    public string? CaFile(ParseResult parsed) => parsed.GetValue(authority);

    public ProfileConnection On(ProfileConnection connection, ParseResult parsed) => connection.Believing(TokenFile(parsed), CaFile(parsed));

    /// <summary>The same for a profile; one without a connection has nothing to open.</summary>
    public RobotProfile On(RobotProfile profile, ParseResult parsed) =>
        profile.Connection is { } connection ? profile with { Connection = On(connection, parsed) } : profile;

    /// <summary>Says what the wire finds wrong, beside the output, which somebody may be piping on: a link that was lost must not look like a robot that says nothing.</summary>
    public static void Say(string problem) => Console.Error.WriteLine($"wire     {problem}");
}
