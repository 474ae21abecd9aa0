using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages.Rosapi;

namespace RobotWorker.Ros.Messages;

/// <summary>
/// Types that were not compiled in, made from the text of their definitions: a file's, a connection header's, or what rosapi tells. They may stand
/// wherever a compiled type stands, for the parts of services and actions too.
/// </summary>
public static class DynamicTypes
{
    /// <summary>The message type of this definition.</summary>
    /// <param name="name">Its name in either spelling.</param>
    /// <param name="definition">The text with all that it depends on, each after a line of <c>=</c> and <c>MSG: package/Name</c>. What is compiled in may be left out.</param>
    /// <param name="dialect">Whose form the text has.</param>
    /// <exception cref="RosCodecException">The definition is wrong or incomplete.</exception>
    public static MessageType<DynamicMessage> Message(string name, string definition, RosDialect dialect) => Type(RosTypes.Full(name, "msg"), definition, dialect);

    /// <summary>The message type that rosapi's <c>message_details</c> tells; the first type definition is the message itself.</summary>
    /// <remarks>rosapi does not tell the types of constants, so there are none, and the md5sum is not ROS's where the definition has some.</remarks>
    /// <exception cref="RosCodecException">The definition is wrong or incomplete.</exception>
    public static MessageType<DynamicMessage> Message(string name, IReadOnlyList<TypeDef> details, RosDialect dialect) =>
        Message(name, RosapiDefinition.TextOf(details), dialect);

    /// <summary>The service type of these definitions.</summary>
    /// <param name="name">Its name in either spelling.</param>
    /// <param name="request">The request's definition with all that it depends on.</param>
    /// <param name="response">The response's definition with all that it depends on.</param>
    /// <param name="dialect">Whose form the texts have.</param>
    /// <exception cref="RosCodecException">A definition is wrong or incomplete.</exception>
    public static ServiceType<DynamicMessage, DynamicMessage> Service(string name, string request, string response, RosDialect dialect)
    {
        var full = RosTypes.Full(name, "srv");
        return new(full, Type(full + "_Request", request, dialect), Type(full + "_Response", response, dialect));
    }

    /// <summary>The service type that rosapi's <c>service_request_details</c> and <c>service_response_details</c> tell.</summary>
    /// <exception cref="RosCodecException">A definition is wrong or incomplete.</exception>
    public static ServiceType<DynamicMessage, DynamicMessage> Service(
        string name, IReadOnlyList<TypeDef> request, IReadOnlyList<TypeDef> response, RosDialect dialect) =>
        Service(name, RosapiDefinition.TextOf(request), RosapiDefinition.TextOf(response), dialect);

    /// <summary>The action type of these definitions.</summary>
    /// <param name="name">Its name in either spelling, <c>nav2_msgs/action/NavigateToPose</c>.</param>
    /// <param name="goal">The goal's definition with all that it depends on.</param>
    /// <param name="result">The result's definition with all that it depends on.</param>
    /// <param name="feedback">The feedback's definition with all that it depends on.</param>
    /// <param name="dialect">Whose form the texts have.</param>
    /// <exception cref="RosCodecException">A definition is wrong or incomplete.</exception>
    public static ActionType<DynamicMessage, DynamicMessage, DynamicMessage> Action(
        string name, string goal, string result, string feedback, RosDialect dialect)
    {
        var full = RosTypes.Full(name, "action");
        return new(full, Type(full + "_Goal", goal, dialect), Type(full + "_Result", result, dialect), Type(full + "_Feedback", feedback, dialect));
    }

    /// <summary>The action type that rosapi tells (on ROS 1: of the goal, result and feedback messages).</summary>
    /// <exception cref="RosCodecException">A definition is wrong or incomplete.</exception>
    public static ActionType<DynamicMessage, DynamicMessage, DynamicMessage> Action(
        string name, IReadOnlyList<TypeDef> goal, IReadOnlyList<TypeDef> result, IReadOnlyList<TypeDef> feedback, RosDialect dialect) =>
        Action(name, RosapiDefinition.TextOf(goal), RosapiDefinition.TextOf(result), RosapiDefinition.TextOf(feedback), dialect);

    /// <summary>The action type whose parts are fields of these messages, as actionlib's topics <c>goal</c>, <c>result</c> and <c>feedback</c> carry them.</summary>
    /// <param name="name">Its name in either spelling, <c>move_base_msgs/MoveBase</c>.</param>
    /// <param name="goal">Such as <c>move_base_msgs/MoveBaseActionGoal</c>.</param>
    /// <param name="result">Such as <c>move_base_msgs/MoveBaseActionResult</c>.</param>
    /// <param name="feedback">Such as <c>move_base_msgs/MoveBaseActionFeedback</c>.</param>
    /// <exception cref="RosCodecException">A definition is wrong or incomplete, or is not of this action.</exception>
    public static ActionType<DynamicMessage, DynamicMessage, DynamicMessage> Action(string name, MessageType goal, MessageType result, MessageType feedback)
    {
        var part = Ros1Definition.NameOf(name);
        return Action(name, PartOf(goal, part + "Goal"), PartOf(result, part + "Result"), PartOf(feedback, part + "Feedback"), RosDialect.Ros2);
    }

    /// <summary>The definition of a message that another one nests, with all that it depends on.</summary>
    private static string PartOf(MessageType whole, string part)
    {
        var sections = whole.Definition.Split(DefinitionText.Separator);
        var head = $"MSG: {part}\n";
        var own = sections.FirstOrDefault(section => section.StartsWith(head, StringComparison.Ordinal))
            ?? throw RosCodecException.At("", 0, $"its definition does not say what {part} is").Of(whole.Name);
        return string.Join(DefinitionText.Separator, sections.Skip(1).Where(section => section != own).Prepend(own[head.Length..]));
    }

    private static DynamicMessageType Type(string name, string definition, RosDialect dialect)
    {
        try
        {
            var rules = dialect == RosDialect.Ros1 ? DefinitionRules.Ros1 : DefinitionRules.Ros2;
            var bundle = DefinitionBundle.Parse(name, definition, rules, out var problems);
            if (problems.Count > 0) throw RosCodecException.At("", 0, $"line {problems[0].Line} of its definition: {problems[0].Message}");
            return new DynamicTypeBuilder(bundle).Build(name);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(name);
        }
    }
}
