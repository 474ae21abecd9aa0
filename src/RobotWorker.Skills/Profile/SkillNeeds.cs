using System.Collections.Immutable;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Skills.Profile;

/// <summary>What each standard skill needs of the robot beside what every skill does, in the words of <c>robot check</c>: <c>actions.gripper</c> and <c>topics.arm_commands</c> are those of the profile.</summary>
internal static class SkillNeeds
{
    private const string Action = "actions.", Topic = "topics.";

    public static readonly ImmutableSortedDictionary<string, string[]> BySkill = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["navigate_to"] = ["actions.navigate"],
        ["move_arm"] = ["actions.follow_joints"],
        ["gripper"] = ["actions.gripper"],
        ["look"] = ["actions.look", "camera_info", "detections", "tf to the camera"],
        ["pick"] = ["actions.follow_joints", "actions.gripper", "camera_info", "detections", "tf to the camera"],
        ["place"] = ["actions.follow_joints", "actions.gripper", "camera_info", "detections", "tf to the camera"],
        [IPolicySource.Skill] = ["topics.arm_commands", "topics.gripper_commands", "topics.head_commands"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Every action that some skill needs, by its key in the profile.</summary>
    public static readonly ImmutableArray<string> Actions = ["navigate", "follow_joints", "gripper", "look"];

    /// <summary>Every topic that targets are streamed on, by its key in the profile.</summary>
    public static readonly ImmutableArray<string> Streams = ["arm_commands", "gripper_commands", "head_commands"];

    /// <summary>The actions and topics of a skill, as <see cref="BySkill"/> has them, that the profile says the robot has not.</summary>
    public static IEnumerable<string> Lacking(string skill, RosNames names) => BySkill.GetValueOrDefault(skill, []).Where(need => NameOf(need, names) == "");

    private static string? NameOf(string need, RosNames names) =>
        need.StartsWith(Action, StringComparison.Ordinal) ? names.ActionOf(need[Action.Length..])
        : need.StartsWith(Topic, StringComparison.Ordinal) ? names.CommandsOf(need[Topic.Length..]) : null;
}
