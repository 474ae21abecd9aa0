using System.Collections.Immutable;
using System.CommandLine;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker dataset convert DIR --to FORMAT --out OUT</c>: the same episodes for other readers.</summary>
internal static class DatasetConvertCommand
{
    // In the order of SetProfile.
    private static readonly ImmutableArray<string> Profiles = ["generic", "lerobot-so101", "openpi", "groot"];

    public static Command Build()
    {
        var folder = DatasetArguments.Folder();
        var output = DatasetArguments.Out("The folder or file to make");
        var to = new Option<string>("--to")
        {
            Description = "v2.1 or v3.0: LeRobot's versions; npy: an array for each feature and episode, for numpy; hdf5: one file, as robomimic reads it (default: what the profile's programs read)",
        };
        to.AcceptOnlyFromAmong("v2.1", "v3.0", "npy", "hdf5");
        var profile = new Option<string>("--profile")
        {
            Description = "Names, units and version as a community has them. generic: SI units, as generated; lerobot-so101: degrees, the gripper from 0 to 100, the SO-101's joint names; openpi: v2.1; groot: v2.1 with meta/modality.json",
            DefaultValueFactory = _ => Profiles[0],
        };
        profile.AcceptOnlyFromAmong([.. Profiles]);
        var opening = new Option<double?>("--gripper-opening") { Description = "With lerobot-so101: how far apart the gripper's pads are when it is open, in metres", HelpName = "METRES" };
        opening.Must(n => n is > 0 and < 1, "--gripper-opening: metres, above 0 and below 1.");
        var images = new Option<bool>("--images") { Description = "With npy and hdf5: decode the videos, too. Every picture then takes width times height times 3 bytes" };
        var command = new Command("convert", "Makes the same data set in another format; between LeRobot's versions videos are not encoded anew") { folder, output, to, profile, opening, images };
        command.Validators.Add(r =>
        {
            if (r.GetValue(to) is null && r.GetValue(profile) == Profiles[0]) r.AddError($"say --to v2.1, v3.0, npy or hdf5, or --profile {string.Join(", ", Profiles.Skip(1))}.");
            if (r.GetValue(images) && r.GetValue(to) is not ("npy" or "hdf5")) r.AddError("--images goes with npy and hdf5: LeRobot's versions keep videos.");
        });
        command.SetAction(parsed => DatasetRun.Of((told, cancel) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), parsed.GetValue(to), (SetProfile)Profiles.IndexOf(parsed.GetRequiredValue(profile)), parsed.GetValue(opening), parsed.GetValue(images), told, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string output, string? to, SetProfile profile, double? opening, bool images, Action<SetProgress> told, CancellationToken cancel)
    {
        using var source = await StoredSet.OpenAsync(folder);
        using var set = SetProfiles.As(source, profile, opening);
        to ??= SetProfiles.VersionOf(profile) == SetVersion.V21 ? "v2.1" : "v3.0";
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
                SetProfiles.WriteBeside(output, set, profile);
                return ExitCode.Success;
        }
        Console.Out.WriteLine($"Made:     {output} ({new Recording.LeRobot.Checking.DatasetSize(set.Episodes.Length, set.Frames, images ? set.Cameras.Count() : 0)})");
        return ExitCode.Success;
    }
}
