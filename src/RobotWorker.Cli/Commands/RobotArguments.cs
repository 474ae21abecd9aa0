using System.CommandLine;
using RobotWorker.Generation.Runs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Cli.Commands;

/// <summary><c>--robot</c>, <c>--profile</c> and what goes with them: which robot behind a wire, and which journal of it.</summary>
internal sealed class RobotArguments
{
    private readonly Option<string?> robot = new("--robot") { Description = "Where the robot is: ws://host:9090, wss://host:9090 or ros1://host:11311", HelpName = "ADDRESS" };
    private readonly Option<string?> profile = new("--profile") { Description = "The robot's profile: names, frames, body, and its address where --robot gives none", HelpName = "FILE" };
    private readonly Option<double?> rate = new("--rate") { Description = "How fast the served simulated robot's time passes, as given to 'sim serve'", HelpName = "N" };
    private readonly Option<string?> journal = new("--journal") { Description = "The robot's journal (default: episodes/ROBOT.journal); 'none': nothing can be resumed", HelpName = "FILE" };
    private readonly Option<string?> submission = new("--id") { Description = "The submission's id: the same one again answers with the episode that it began, and goes on with it where its process has ended", HelpName = "ID" };
    private readonly Option<bool> wait = new("--wait-for-answer") { Description = "Where nobody is at the terminal, wait for 'episode answer' (10 minutes at most)" };
    private readonly CredentialArguments credentials = new();

    public void AddTo(Command command)
    {
        robot.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && RobotAddress.Parse(text) is null) result.AddError($"'{text}' is not a robot's address; {RobotAddress.Forms}");
        });
        rate.Must(n => n is >= 0.1 and <= 100, "--rate is from 0.1 to 100");
        foreach (var option in new Option[] { robot, profile, rate, journal, submission, wait }) command.Add(option);
        credentials.AddTo(command);
    }

    public bool AreGiven(ParseResult parsed) => parsed.GetValue(robot) is not null || parsed.GetValue(profile) is not null;

    /// <summary>An option that is given and means nothing without a robot behind a wire, or null.</summary>
    public string? Idle(ParseResult parsed) =>
        parsed.GetValue(rate) is not null ? rate.Name : parsed.GetValue(journal) is not null ? journal.Name : parsed.GetValue(submission) is not null ? submission.Name : parsed.GetValue(wait) ? wait.Name : null;

    public RobotSource Source(ParseResult parsed, string plan, string? scene, ulong seed, string folder) => new(
        Path.GetFullPath(plan), Full(scene), Full(parsed.GetValue(profile)), parsed.GetValue(robot), Full(credentials.TokenFile(parsed)), Full(credentials.CaFile(parsed)),
        seed, parsed.GetValue(rate) ?? 1, Path.GetFullPath(folder));

    /// <summary>Whether an answer from elsewhere is waited for.</summary>
    public bool WaitsForAnswers(ParseResult parsed) => parsed.GetValue(wait);

    /// <summary>Which journal, and under which id.</summary>
    public Submission Submission(ParseResult parsed) => new(parsed.GetValue(journal), parsed.GetValue(submission));

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}

/// <param name="Journal">The journal's file; null: the robot's own.</param>
/// <param name="Id">Null: a fresh one.</param>
internal sealed record Submission(string? Journal, string? Id);
