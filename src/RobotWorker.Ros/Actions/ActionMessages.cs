using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.UniqueIdentifierMsgs;

namespace RobotWorker.Ros.Actions;

/// <summary>The body of an action's <c>send_goal</c> request; recorded as <c>_action/goal</c>.</summary>
public sealed record SendGoalRequest<TGoal>(UUID GoalId, TGoal Goal) : IRosMessage<SendGoalRequest<TGoal>> where TGoal : IRosMessage<TGoal>
{
    private static readonly string Base = ActionMessageText.WithoutEnding(TGoal.RosType, "_Goal");

    /// <inheritdoc/>
    public static string RosType { get; } = Base + "_SendGoal_Request";

    /// <inheritdoc/>
    public static string Definition { get; } = ActionMessageText.Of<TGoal>("", "goal");

    /// <inheritdoc/>
    public static SendGoalRequest<TGoal> Default => new(UUID.Default, TGoal.Default);

    string IRosMessage.TypeName => RosType;

    string IRosMessage.TypeDefinition => Definition;

    /// <inheritdoc/>
    public static SendGoalRequest<TGoal> Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct =>
        new(reader.Message<UUID>("goal_id"), reader.Message<TGoal>("goal"));

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Message("goal", Goal);
    }
}

/// <summary>What an action publishes on <c>_action/feedback</c>.</summary>
public sealed record FeedbackMessage<TFeedback>(UUID GoalId, TFeedback Feedback) : IRosMessage<FeedbackMessage<TFeedback>>
    where TFeedback : IRosMessage<TFeedback>
{
    /// <inheritdoc/>
    public static string RosType { get; } = TFeedback.RosType + "Message";

    /// <inheritdoc/>
    public static string Definition { get; } = ActionMessageText.Of<TFeedback>("", "feedback");

    /// <inheritdoc/>
    public static FeedbackMessage<TFeedback> Default => new(UUID.Default, TFeedback.Default);

    string IRosMessage.TypeName => RosType;

    string IRosMessage.TypeDefinition => Definition;

    /// <inheritdoc/>
    public static FeedbackMessage<TFeedback> Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct =>
        new(reader.Message<UUID>("goal_id"), reader.Message<TFeedback>("feedback"));

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Message("feedback", Feedback);
    }
}

/// <summary>
/// A goal's end as it is recorded on <c>_action/result</c>. ROS 2 sends it as a service's response, which names no goal; a record must.
/// </summary>
/// <param name="GoalId">The goal.</param>
/// <param name="Status">As in action_msgs/GoalStatus: 4 succeeded, 5 canceled, 6 aborted.</param>
/// <param name="Result">The result.</param>
public sealed record GoalResult<TResult>(UUID GoalId, sbyte Status, TResult Result) : IRosMessage<GoalResult<TResult>>
    where TResult : IRosMessage<TResult>
{
    /// <inheritdoc/>
    public static string RosType { get; } = ActionMessageText.WithoutEnding(TResult.RosType, "_Result") + "_GoalResult";

    /// <inheritdoc/>
    public static string Definition { get; } = ActionMessageText.Of<TResult>("int8 status\n", "result");

    /// <inheritdoc/>
    public static GoalResult<TResult> Default => new(UUID.Default, 0, TResult.Default);

    string IRosMessage.TypeName => RosType;

    string IRosMessage.TypeDefinition => Definition;

    /// <inheritdoc/>
    public static GoalResult<TResult> Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct =>
        new(reader.Message<UUID>("goal_id"), reader.Value<sbyte>("status"), reader.Message<TResult>("result"));

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct
    {
        writer.Message("goal_id", GoalId);
        writer.Value("status", Status);
        writer.Message("result", Result);
    }
}

/// <summary>The definitions of the messages that ROS 2 derives from an action.</summary>
internal static class ActionMessageText
{
    private static readonly string Separator = "\n" + new string('=', 80) + "\n";

    /// <summary><c>unique_identifier_msgs/UUID goal_id</c>, what stands between, and one part of the action, with all that they depend on.</summary>
    public static string Of<TPart>(string between, string field) where TPart : IRosMessage<TPart>
    {
        // Schemas name a type by package and name alone: nav2_msgs/NavigateToPose_Goal.
        var path = TPart.RosType.Split('/');
        var name = $"{path[0]}/{path[^1]}";
        return $"unique_identifier_msgs/UUID goal_id\n{between}{name} {field}"
            + $"{Separator}MSG: unique_identifier_msgs/UUID\n{UUID.Definition}"
            + $"{Separator}MSG: {name}\n{TPart.Definition}";
    }

    public static string WithoutEnding(string text, string ending) => text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;
}
