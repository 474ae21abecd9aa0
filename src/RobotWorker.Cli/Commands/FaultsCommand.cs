using System.CommandLine;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults ...</c>: what the fault monitor notices, and how well.</summary>
internal static class FaultsCommand
{
    public static Command Build() => new("faults", "How well faults are found, and what was found in recordings")
    {
        FaultsScoreCommand.Build(), FaultsReplayCommand.Build(),
    };
}
