using RobotWorker.Diagnostics;
using RobotWorker.Plans;

namespace RobotWorker.Skills.Profile;

/// <summary>Checks whether a robot, by its profile, has what the steps of a plan need: the actions behind their skills, and the postures that they name.</summary>
public static class FitChecker
{
    public static void Check(Plan plan, RobotProfile profile, DiagnosticBag bag)
    {
        foreach (var step in plan.Plans.Values.Select(sub => sub.Root).Prepend(plan.Root).SelectMany(Steps))
        {
            CheckActions(step.Skill, step.PlaceOf("skill"), profile, bag);
            if (step.Undo is { } undo) CheckActions(undo.Skill, step.PlaceOf("undo.skill"), profile, bag);
            if (step.Skill == "move_arm" && step.Arguments.GetValueOrDefault("posture") is { } posture && !posture.StartsWith('$') && !profile.Postures.ContainsKey(posture))
                bag.Error(
                    Codes.NotOnRobot, step.PlaceOf("args.posture"), $"the robot '{profile.Name}' has no posture '{posture}'",
                    $"its profile has: {string.Join(", ", profile.Postures.Keys)}");
        }
    }

    private static void CheckActions(string skill, Place place, RobotProfile profile, DiagnosticBag bag)
    {
        foreach (var need in SkillNeeds.Lacking(skill, profile.Names).Take(1))
            bag.Error(
                Codes.NotOnRobot, place, $"'{skill}' needs the {(need.StartsWith("actions.", StringComparison.Ordinal) ? "action" : "topic")} '{need[(need.IndexOf('.') + 1)..]}', and the robot '{profile.Name}' has none",
                $"use a robot that has it, or correct '{need}' in the profile");
    }

    private static IEnumerable<SkillNode> Steps(PlanNode node) => node is SkillNode step ? [step] : node.Inner.SelectMany(Steps);
}
