using System.CommandLine;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset convert DIR --to FORMAT --out OUT</c>: the same episodes for other readers.</summary>
internal static class DatasetConvertCommand
{
    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var output = DatasetArguments.Out("The folder or file to make");
        var to = new Option<string>("--to")
        {
            Description = "v2.1 or v3.0: LeRobot's versions; npy: an array for each feature and episode, for numpy; hdf5: one file, as robomimic reads it", Required = true,
        };
        to.AcceptOnlyFromAmong("v2.1", "v3.0", "npy", "hdf5");
        var images = new Option<bool>("--images") { Description = "With npy and hdf5: decode the videos, too. Every picture then takes width times height times 3 bytes" };
        var command = new Command("convert", "Makes the same data set in another format; between LeRobot's versions videos are not encoded anew") { folder, output, to, images };
        command.Validators.Add(r =>
        {
            if (r.GetValue(images) && r.GetValue(to) is "v2.1" or "v3.0") r.AddError("--images goes with npy and hdf5: LeRobot's versions keep videos.");
        });
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), parsed.GetRequiredValue(to), parsed.GetValue(images), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string output, string to, bool images, Action<SetProgress> told, CancellationToken cancel)
    {
        using var set = await StoredSet.OpenAsync(folder);
        switch (to)
        {
            case "npy":
                await NpyFolder.WriteAsync(output, set, images, told, cancel);
                break;
            case "hdf5":
                await RobomimicFile.WriteAsync(output, set, images, told, cancel);
                break;
            default:
                await DatasetRun.Write(output, to == "v2.1" ? SetVersion.V21 : SetVersion.V30, new(set.Name, $"Converted from {(set.Version == SetVersion.V30 ? "v3.0" : "v2.1")}.", SetContent.Of(set)), told, cancel);
                return ExitCode.Success;
        }
        Console.Out.WriteLine($"Made:     {output} ({new Recording.LeRobot.Checking.DatasetSize(set.Episodes.Length, set.Frames, images ? set.Cameras.Count() : 0)})");
        return ExitCode.Success;
    }
}
