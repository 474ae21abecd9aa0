using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.UniqueIdentifierMsgs;

namespace RobotWorker.Ros.Actions;

/// <summary>The body of an action's <c>send_goal</c> request; recorded as <c>_action/goal</c>.</summary>
public sealed record SendGoalRequest<TGoal>(UUID GoalId, TGoal Goal) : IRosMessage where TGoal : IRosMessage
{
    string IRosMessage.TypeName => SendGoalRequest.NameOf(Goal.TypeName);

    string IRosMessage.TypeDefinition => ActionMessageText.Of(Goal.TypeName, Goal.TypeDefinition, "", "goal");

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Message("goal", Goal);
    }
}

/// <summary>The type of <see cref="SendGoalRequest{TGoal}"/>.</summary>
public static class SendGoalRequest
{
    /// <summary>For goals of this type.</summary>
    public static MessageType<SendGoalRequest<TGoal>> TypeOf<TGoal>(MessageType<TGoal> goal) where TGoal : IRosMessage => new Derived<TGoal>(goal);

    internal static string NameOf(string goal) => ActionMessageText.WithoutEnding(goal, "_Goal") + "_SendGoal_Request";

    private sealed class Derived<TGoal>(MessageType<TGoal> goal) : MessageType<SendGoalRequest<TGoal>>(
        NameOf(goal.Name), ActionMessageText.Of(goal.Name, goal.Definition, "", "goal")) where TGoal : IRosMessage
    {
        public override SendGoalRequest<TGoal> Default => new(UUID.Default, goal.Default);

        public override SendGoalRequest<TGoal> Read<TReader>(ref TReader reader) => new(reader.Message<UUID>("goal_id"), reader.Message("goal", goal));
    }
}

/// <summary>What an action publishes on <c>_action/feedback</c>.</summary>
public sealed record FeedbackMessage<TFeedback>(UUID GoalId, TFeedback Feedback) : IRosMessage where TFeedback : IRosMessage
{
    string IRosMessage.TypeName => Feedback.TypeName + "Message";

    string IRosMessage.TypeDefinition => ActionMessageText.Of(Feedback.TypeName, Feedback.TypeDefinition, "", "feedback");

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Message("feedback", Feedback);
    }
}

/// <summary>The type of <see cref="FeedbackMessage{TFeedback}"/>.</summary>
public static class FeedbackMessage
{
    /// <summary>For feedback of this type.</summary>
    public static MessageType<FeedbackMessage<TFeedback>> TypeOf<TFeedback>(MessageType<TFeedback> feedback) where TFeedback : IRosMessage =>
        new Derived<TFeedback>(feedback);

    private sealed class Derived<TFeedback>(MessageType<TFeedback> feedback) : MessageType<FeedbackMessage<TFeedback>>(
        feedback.Name + "Message", ActionMessageText.Of(feedback.Name, feedback.Definition, "", "feedback")) where TFeedback : IRosMessage
    {
        public override FeedbackMessage<TFeedback> Default => new(UUID.Default, feedback.Default);

        public override FeedbackMessage<TFeedback> Read<TReader>(ref TReader reader) =>
            new(reader.Message<UUID>("goal_id"), reader.Message("feedback", feedback));
    }
}

/// <summary>
/// A goal's end as it is recorded on <c>_action/result</c>. ROS 2 sends it as a service's response, which names no goal; a record must.
/// </summary>
/// <param name="GoalId">The goal.</param>
/// <param name="Status">As in action_msgs/GoalStatus: 4 succeeded, 5 canceled, 6 aborted.</param>
/// <param name="Result">The result.</param>
public sealed record GoalResult<TResult>(UUID GoalId, sbyte Status, TResult Result) : IRosMessage where TResult : IRosMessage
{
    string IRosMessage.TypeName => GoalResult.NameOf(Result.TypeName);

    string IRosMessage.TypeDefinition => ActionMessageText.Of(Result.TypeName, Result.TypeDefinition, GoalResult.StatusLine, "result");

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Value("status", Status);
        writer.Message("result", Result);
    }
}

/// <summary>The type of <see cref="GoalResult{TResult}"/>.</summary>
public static class GoalResult
{
    internal const string StatusLine = "int8 status\n";

    /// <summary>For results of this type.</summary>
    public static MessageType<GoalResult<TResult>> TypeOf<TResult>(MessageType<TResult> result) where TResult : IRosMessage => new Derived<TResult>(result);

    internal static string NameOf(string result) => ActionMessageText.WithoutEnding(result, "_Result") + "_GoalResult";

    private sealed class Derived<TResult>(MessageType<TResult> result) : MessageType<GoalResult<TResult>>(
        NameOf(result.Name), ActionMessageText.Of(result.Name, result.Definition, StatusLine, "result")) where TResult : IRosMessage
    {
        public override GoalResult<TResult> Default => new(UUID.Default, 0, result.Default);

        public override GoalResult<TResult> Read<TReader>(ref TReader reader) =>
            new(reader.Message<UUID>("goal_id"), reader.Value<sbyte>("status"), reader.Message("result", result));
    }
}

/// <summary>The definitions of the messages that ROS 2 derives from an action.</summary>
internal static class ActionMessageText
{
    private static readonly string Separator = "\n" + new string('=', 80) + "\n";

    /// <summary><c>unique_identifier_msgs/UUID goal_id</c>, what stands between, and one part of the action, with all that they depend on.</summary>
    public static string Of(string part, string definition, string between, string field)
    {
        // Schemas name a type by package and name alone: nav2_msgs/NavigateToPose_Goal.
        var name = RosTypes.Short(part);
        return $"unique_identifier_msgs/UUID goal_id\n{between}{name} {field}"
            + $"{Separator}MSG: unique_identifier_msgs/UUID\n{UUID.Definition}"
            + $"{Separator}MSG: {name}\n{definition}";
    }

    public static string WithoutEnding(string text, string ending) => text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;
}
