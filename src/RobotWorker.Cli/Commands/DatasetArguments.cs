using System.CommandLine;

namespace RobotWorker.Cli.Commands;

/// <summary>What the commands that read and make data sets are told.</summary>
internal static class DatasetArguments
{
    public static Argument<string> Folder() => new("dir") { Description = "The folder of a LeRobot data set, version 3.0 or 2.1: the one with meta, data and videos in it" };

    public static Option<string> Out(string what) => new("--out") { Description = $"{what}; must not be there yet", HelpName = "OUT", Required = true };

    /// <summary>A file to make, of one kind.</summary>
    /// <param name="ending">Of its name, such as <c>.png</c>.</param>
    public static Option<string?> Output(string what, string ending)
    {
        var option = new Option<string?>("--output") { Description = what, HelpName = $"FILE{ending}" };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<string?>() is { } file && !file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) r.AddError($"--output: the name must end with {ending}.");
        });
        return option;
    }
}
