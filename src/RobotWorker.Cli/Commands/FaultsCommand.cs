using System.CommandLine;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults ...</c>: what the fault monitor notices, how well, and what that says about robots.</summary>
internal static class FaultsCommand
{
    public static Command Build() => new("faults", "Which faults are known, how well they are found, what was found in recordings, and how often robots fail")
    {
        FaultsListCommand.Build(), FaultsScoreCommand.Build(), FaultsReplayCommand.Build(), FaultsReportCommand.Build(),
    };
}
