using System.Collections.Immutable;

namespace RobotWorker.Skills.Profile;

/// <summary>What each standard skill needs of the robot beside what every skill does, in the words of <c>robot check</c>: <c>actions.gripper</c> is that of the profile.</summary>
internal static class SkillNeeds
{
    private const string Prefix = "actions.";

    public static readonly ImmutableSortedDictionary<string, string[]> BySkill = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["navigate_to"] = ["actions.navigate"],
        ["move_arm"] = ["actions.follow_joints"],
        ["gripper"] = ["actions.gripper"],
        ["look"] = ["actions.look", "camera_info", "detections", "tf to the camera"],
        ["pick"] = ["actions.follow_joints", "actions.gripper", "actions.look", "camera_info", "detections", "tf to the camera"],
        ["place"] = ["actions.follow_joints", "actions.gripper", "actions.look", "camera_info", "detections", "tf to the camera"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Every action that some skill needs, by its key in the profile.</summary>
    public static readonly ImmutableArray<string> Actions = ["navigate", "follow_joints", "gripper", "look"];

    /// <summary>The actions of a skill that the profile says the robot has not.</summary>
    public static IEnumerable<string> Lacking(string skill, RosNames names) =>
        BySkill.GetValueOrDefault(skill, []).Where(need => need.StartsWith(Prefix, StringComparison.Ordinal)).Select(need => need[Prefix.Length..])
            .Where(action => names.ActionOf(action).Length == 0);
}
