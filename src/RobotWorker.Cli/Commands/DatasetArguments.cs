using System.CommandLine;

namespace RobotWorker.Cli.Commands;

/// <summary>What the commands that read and make data sets are told.</summary>
internal static class DatasetArguments
{
    public static Argument<string> Folder() => new("dir") { Description = "The folder of a LeRobot data set, version 3.0 or 2.1: the one with meta, data and videos in it" };

    public static Option<string> Out(string what) => new("--out") { Description = $"{what}; must not be there yet", HelpName = "OUT", Required = true };
}
