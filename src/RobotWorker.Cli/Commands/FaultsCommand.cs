using System.CommandLine;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker faults ...</c>: what the fault monitor notices, and how good it is at it.</summary>
internal static class FaultsCommand
{
    public static Command Build() => new("faults", "Replays the fault monitor over recordings") { FaultsReplayCommand.Build() };
}
