using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionlibMsgs;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Ros.Actions;

/// <summary>What an actionlib client publishes on <c>goal</c>: ROS 1's <c>XActionGoal</c>.</summary>
public sealed record Ros1ActionGoal<TGoal>(Header Header, GoalID GoalId, TGoal Goal) : IRosMessage where TGoal : IRosMessage
{
    string IRosMessage.TypeName => Ros1ActionText.NameOf(Goal.TypeName, "_Goal");

    string IRosMessage.TypeDefinition => Ros1ActionGoal.TextOf(Goal.TypeName, Goal.TypeDefinition);

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("header", Header);
        writer.Message("goal_id", GoalId);
        writer.Message("goal", Goal);
    }
}

/// <summary>The type of <see cref="Ros1ActionGoal{TGoal}"/>.</summary>
public static class Ros1ActionGoal
{
    /// <summary>For goals of this type.</summary>
    public static MessageType<Ros1ActionGoal<TGoal>> TypeOf<TGoal>(MessageType<TGoal> goal) where TGoal : IRosMessage => new Derived<TGoal>(goal);

    internal static string TextOf(string goal, string definition) => Ros1ActionText.Of("actionlib_msgs/GoalID goal_id", goal, definition, "goal");

    private sealed class Derived<TGoal>(MessageType<TGoal> goal) : MessageType<Ros1ActionGoal<TGoal>>(
        Ros1ActionText.NameOf(goal.Name, "_Goal"), TextOf(goal.Name, goal.Definition)) where TGoal : IRosMessage
    {
        public override Ros1ActionGoal<TGoal> Default => new(Header.Default, GoalID.Default, goal.Default);

        public override Ros1ActionGoal<TGoal> Read<TReader>(ref TReader reader) =>
            new(reader.Message<Header>("header"), reader.Message<GoalID>("goal_id"), reader.Message("goal", goal));
    }
}

/// <summary>What an actionlib server publishes on <c>result</c>: ROS 1's <c>XActionResult</c>.</summary>
public sealed record Ros1ActionResult<TResult>(Header Header, GoalStatus Status, TResult Result) : IRosMessage where TResult : IRosMessage
{
    string IRosMessage.TypeName => Ros1ActionText.NameOf(Result.TypeName, "_Result");

    string IRosMessage.TypeDefinition => Ros1ActionResult.TextOf(Result.TypeName, Result.TypeDefinition);

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("header", Header);
        writer.Message("status", Status);
        writer.Message("result", Result);
    }
}

/// <summary>The type of <see cref="Ros1ActionResult{TResult}"/>.</summary>
public static class Ros1ActionResult
{
    /// <summary>For results of this type.</summary>
    public static MessageType<Ros1ActionResult<TResult>> TypeOf<TResult>(MessageType<TResult> result) where TResult : IRosMessage => new Derived<TResult>(result);

    internal static string TextOf(string result, string definition) => Ros1ActionText.Of("actionlib_msgs/GoalStatus status", result, definition, "result");

    private sealed class Derived<TResult>(MessageType<TResult> result) : MessageType<Ros1ActionResult<TResult>>(
        Ros1ActionText.NameOf(result.Name, "_Result"), TextOf(result.Name, result.Definition)) where TResult : IRosMessage
    {
        public override Ros1ActionResult<TResult> Default => new(Header.Default, GoalStatus.Default, result.Default);

        public override Ros1ActionResult<TResult> Read<TReader>(ref TReader reader) =>
            new(reader.Message<Header>("header"), reader.Message<GoalStatus>("status"), reader.Message("result", result));
    }
}

/// <summary>What an actionlib server publishes on <c>feedback</c>: ROS 1's <c>XActionFeedback</c>.</summary>
public sealed record Ros1ActionFeedback<TFeedback>(Header Header, GoalStatus Status, TFeedback Feedback) : IRosMessage where TFeedback : IRosMessage
{
    string IRosMessage.TypeName => Ros1ActionText.NameOf(Feedback.TypeName, "_Feedback");

    string IRosMessage.TypeDefinition => Ros1ActionFeedback.TextOf(Feedback.TypeName, Feedback.TypeDefinition);

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("header", Header);
        writer.Message("status", Status);
        writer.Message("feedback", Feedback);
    }
}

/// <summary>The type of <see cref="Ros1ActionFeedback{TFeedback}"/>.</summary>
public static class Ros1ActionFeedback
{
    /// <summary>For feedback of this type.</summary>
    public static MessageType<Ros1ActionFeedback<TFeedback>> TypeOf<TFeedback>(MessageType<TFeedback> feedback) where TFeedback : IRosMessage =>
        new Derived<TFeedback>(feedback);

    internal static string TextOf(string feedback, string definition) => Ros1ActionText.Of("actionlib_msgs/GoalStatus status", feedback, definition, "feedback");

    private sealed class Derived<TFeedback>(MessageType<TFeedback> feedback) : MessageType<Ros1ActionFeedback<TFeedback>>(
        Ros1ActionText.NameOf(feedback.Name, "_Feedback"), TextOf(feedback.Name, feedback.Definition)) where TFeedback : IRosMessage
    {
        public override Ros1ActionFeedback<TFeedback> Default => new(Header.Default, GoalStatus.Default, feedback.Default);

        public override Ros1ActionFeedback<TFeedback> Read<TReader>(ref TReader reader) =>
            new(reader.Message<Header>("header"), reader.Message<GoalStatus>("status"), reader.Message("feedback", feedback));
    }
}

/// <summary>The names and definitions of the messages that ROS 1 derives from an action (genaction.py).</summary>
internal static class Ros1ActionText
{
    /// <summary><c>move_base_msgs/action/MoveBase_Goal</c> becomes <c>move_base_msgs/action/MoveBase_ActionGoal</c>; on ROS 1 without the underscore.</summary>
    public static string NameOf(string part, string ending) => ActionMessageText.WithoutEnding(part, ending) + "_Action" + ending[1..];

    /// <summary>Header, id or status, and the part, with all that they depend on.</summary>
    public static string Of(string second, string part, string definition, string field)
    {
        var name = RosTypes.Short(part);
        var text = $"std_msgs/Header header\n{second}\n{name} {field}\n";
        foreach (var (type, body) in new[] { ("std_msgs/Header", Header.Definition), ("actionlib_msgs/GoalStatus", GoalStatus.Definition), (name, definition) })
            text += $"{DefinitionText.Separator}MSG: {type}\n{body}";
        return OnlyOnce(text);
    }

    /// <summary>The parts bring what they depend on, each for itself; a definition is wanted once.</summary>
    private static string OnlyOnce(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return string.Join(DefinitionText.Separator, text.Split(DefinitionText.Separator).Where((part, i) => i == 0 || seen.Add(part[..part.IndexOf('\n', StringComparison.Ordinal)])));
    }
}
