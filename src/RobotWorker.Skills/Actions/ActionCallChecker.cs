using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Checks the steps of a plan that call an action by its name, as far as that can be done before the robot is asked: the name, the goal's JSON, and its fields where
/// the type is given and known.
/// </summary>
public static class ActionCallChecker
{
    /// <summary>The skill's name in the catalogue.</summary>
    internal const string Skill = "call_action";

    /// <param name="files">Definitions of types that are not compiled in.</param>
    /// <param name="dialect">Whose names the goal's fields have; null: not known yet, either's.</param>
    public static void Check(Plan plan, DefinitionFiles files, RosDialect? dialect, DiagnosticBag bag)
    {
        foreach (var step in Steps(plan.Root).Concat(plan.Plans.Values.SelectMany(sub => Steps(sub.Root))).Where(step => step.Skill == Skill))
            Check(step, files, dialect, bag);
    }

    private static void Check(SkillNode step, DefinitionFiles files, RosDialect? dialect, DiagnosticBag bag)
    {
        if (Given(step, "action") is { } action && RosNames.Problem(action) is { } problem)
            bag.Error(Codes.NotARosName, step.PlaceOf("args.action"), problem, "an absolute ROS name such as /dock");
        if (Given(step, "goal") is not { } goal) return;
        if (WhyNoObject(goal) is { } why)
            bag.Error(Codes.WrongValue, step.PlaceOf("args.goal"), $"the goal is no JSON object: {why}", """write goal: '{"order": 5}'""");
        else if (Given(step, "type") is { Length: > 0 } type && WhyNotOf(type, goal, files, dialect) is { } misfit)
            bag.Error(Codes.WrongValue, step.PlaceOf("args.goal"), $"the goal does not fit {type}: {misfit}");
    }

    /// <summary>A value that stands in the plan; a variable's is known at run time only.</summary>
    private static string? Given(SkillNode step, string argument) => step.Arguments.GetValueOrDefault(argument) is { } value && !value.StartsWith('$') ? value : null;

    private static string? WhyNoObject(string goal)
    {
        try
        {
            using var document = JsonDocument.Parse(goal);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : $"it is {document.RootElement.ValueKind.ToString().ToLowerInvariant()}";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static string? WhyNotOf(string type, string goal, DefinitionFiles files, RosDialect? dialect)
    {
        string? last = null;
        foreach (var spoken in dialect is { } known ? [known] : new[] { RosDialect.Ros2, RosDialect.Ros1 })
        {
            try
            {
                if ((RosTypes.Action(type) ?? files.Action(type, spoken)) is not { } action) return null;    // the robot may know it
                action.Accept(new Reading(Encoding.UTF8.GetBytes(goal), spoken));
                return null;
            }
            catch (RosCodecException e)
            {
                last ??= e.Message;
            }
        }
        return last;
    }

    private static IEnumerable<SkillNode> Steps(PlanNode node) =>
        node is SkillNode step ? [step] : node.Inner.SelectMany(Steps);

    private sealed class Reading(byte[] goal, RosDialect dialect) : IActionTypeVisitor<IRosMessage>
    {
        public IRosMessage Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            RosJson.Deserialize(type.Goal, goal, dialect);
    }
}
