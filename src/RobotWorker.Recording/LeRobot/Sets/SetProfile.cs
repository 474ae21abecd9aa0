using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Which community a set is for: what it calls things, what it measures them in, which version of the format it reads, what it wants beside.</summary>
public enum SetProfile
{
    /// <summary>As <c>generate</c> makes it: SI units, every dimension named with its own.</summary>
    Generic,

    /// <summary>LeRobot's own sets of SO-100 and SO-101 arms: <c>shoulder_pan.pos</c> to <c>wrist_roll.pos</c> in degrees, <c>gripper.pos</c> from 0 (closed) to 100, robot type <c>so_follower</c>.</summary>
    LerobotSo101,

    /// <summary>openpi reads version 2.1; which column is which its own configuration says.</summary>
    Openpi,

    /// <summary>GR00T reads version 2.1 with <c>meta/modality.json</c>, which says which dimensions are the arm's, the gripper's and so on.</summary>
    Groot,
}

/// <summary>Sets as a community has them.</summary>
public static class SetProfiles
{
    private const string Modality = "modality.json", State = "observation.state", Action = "action", Radians = ".rad", Metres = ".m", GripperPrefix = "gripper", HeadPrefix = "head_", BasePrefix = "base_";

    private static readonly ImmutableArray<string> So101 = ["shoulder_pan.pos", "shoulder_lift.pos", "elbow_flex.pos", "wrist_flex.pos", "wrist_roll.pos", "gripper.pos"];

    /// <summary>The version that this community's programs read.</summary>
    public static SetVersion VersionOf(SetProfile profile) => profile is SetProfile.Openpi or SetProfile.Groot ? SetVersion.V21 : SetVersion.V30;

    /// <summary>The set, its columns named and measured as the profile has them; pictures and films as they are.</summary>
    /// <param name="openingMetres">How far apart the gripper's pads are when it is open; for <see cref="SetProfile.LerobotSo101"/>.</param>
    /// <exception cref="DatasetException">The set has not what the profile is of.</exception>
    public static StoredSet As(StoredSet set, SetProfile profile, double? openingMetres) => profile == SetProfile.LerobotSo101 ? AsSo101(set, openingMetres) : set;

    /// <summary>Writes into a set's folder what the profile wants beside the set.</summary>
    public static void WriteBeside(string folder, StoredSet set, SetProfile profile)
    {
        if (profile == SetProfile.Groot) SetJson.Write(folder, Modality, ModalityOf(set));
    }

    /// <summary>meta/modality.json for GR00T: the state's and the action's dimensions by what they belong to, the cameras by their names, the task's words.</summary>
    public static JsonObject ModalityOf(StoredSet set)
    {
        var cameras = new JsonObject();
        foreach (var camera in set.Cameras) cameras[camera.Key[(camera.Key.LastIndexOf('.') + 1)..]] = new JsonObject { ["original_key"] = camera.Key };
        return new()
        {
            ["state"] = Groups(Feature(set, State)), ["action"] = Groups(Feature(set, Action)), ["video"] = cameras,
            ["annotation"] = new JsonObject { ["human.task_description"] = new JsonObject { ["original_key"] = "task_index" } },
        };
    }

    private static StoredSet AsSo101(StoredSet set, double? openingMetres)
    {
        if (openingMetres is not { } opening) throw new DatasetException("LeRobot's gripper goes from 0 to 100: say how far apart the pads are at 100, in metres (--gripper-opening 0.08)");
        return set.Measured([Of(State), Of(Action)], "so_follower");

        MeasuredColumn Of(string key)
        {
            var feature = Feature(set, key);
            var joints = Enumerable.Range(0, feature.Width).Where(i => feature.Names[i].EndsWith(Radians, StringComparison.Ordinal) && !feature.Names[i].StartsWith(HeadPrefix, StringComparison.Ordinal)).ToList();
            var grippers = Enumerable.Range(0, feature.Width).Where(i => feature.Names[i].StartsWith(GripperPrefix, StringComparison.Ordinal) && feature.Names[i].EndsWith(Metres, StringComparison.Ordinal)).ToList();
            if (joints.Count != So101.Length - 1 || grippers.Count != 1)
                throw new DatasetException($"{set.Folder} is no set of an SO-101: {key} is of {string.Join(", ", feature.Names)}, and must have five joints (NAME.rad) and a gripper (gripper.m)");
            return new(key, So101, [.. joints, .. grippers], [.. joints.Select(_ => 180 / Math.PI), 100 / opening]);
        }
    }

    // Dimensions that follow each other and belong together are a group.
    private static JsonObject Groups(SetFeature feature)
    {
        var groups = new JsonObject();
        for (var start = 0; start < feature.Width;)
        {
            var (name, end) = (Group(feature.Names[start]), start + 1);
            while (end < feature.Width && Group(feature.Names[end]) == name) end++;
            groups[groups.ContainsKey(name) ? $"{name}_{start}" : name] = new JsonObject { ["start"] = start, ["end"] = end };
            start = end;
        }
        return groups;
    }

    private static string Group(string dimension) =>
        dimension.StartsWith(GripperPrefix, StringComparison.Ordinal) ? "gripper" : dimension.StartsWith(HeadPrefix, StringComparison.Ordinal) ? "head" : dimension.StartsWith(BasePrefix, StringComparison.Ordinal) ? "base" : "single_arm";

    private static SetFeature Feature(StoredSet set, string key) =>
        set.Features.FirstOrDefault(f => f.Key == key && f.IsNumeric) ?? throw new DatasetException($"{set.Folder} has no {key}");
}
