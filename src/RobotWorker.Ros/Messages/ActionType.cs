namespace RobotWorker.Ros.Messages;

/// <summary>A type of actions.</summary>
public abstract class ActionType
{
    private protected ActionType(string name) => Name = name;

    /// <summary>The ROS 2 name, <c>nav2_msgs/action/NavigateToPose</c>.</summary>
    public string Name { get; }

    /// <summary>The type of an action whose records are compiled in.</summary>
    public static ActionType<TGoal, TResult, TFeedback> Of<TGoal, TResult, TFeedback>()
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback> =>
        CompiledAction<TGoal, TResult, TFeedback>.Instance;

    /// <summary>Does something that must know the C# types.</summary>
    public abstract TOut Accept<TOut>(IActionTypeVisitor<TOut> visitor);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A type of actions whose C# types are known: <c>NavigateToPose.Type</c>.</summary>
/// <param name="name">The ROS 2 name, <c>nav2_msgs/action/NavigateToPose</c>.</param>
/// <param name="goal">The goal.</param>
/// <param name="result">The result.</param>
/// <param name="feedback">The feedback.</param>
public sealed class ActionType<TGoal, TResult, TFeedback>(
    string name, MessageType<TGoal> goal, MessageType<TResult> result, MessageType<TFeedback> feedback) : ActionType(name)
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    /// <summary>The goal.</summary>
    public MessageType<TGoal> Goal => goal;

    /// <summary>The result.</summary>
    public MessageType<TResult> Result => result;

    /// <summary>The feedback.</summary>
    public MessageType<TFeedback> Feedback => feedback;

    /// <inheritdoc/>
    public override TOut Accept<TOut>(IActionTypeVisitor<TOut> visitor) => visitor.Visit(this);
}

/// <summary>What is done with an action type once its C# types are known.</summary>
public interface IActionTypeVisitor<out TOut>
{
    /// <summary>Does it.</summary>
    TOut Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage;
}

/// <summary>One instance for each three records.</summary>
internal static class CompiledAction<TGoal, TResult, TFeedback>
    where TGoal : IActionGoal<TGoal, TResult, TFeedback>
    where TResult : IRosMessage<TResult>
    where TFeedback : IRosMessage<TFeedback>
{
    public static readonly ActionType<TGoal, TResult, TFeedback> Instance =
        new(TGoal.ActionType, MessageType.Of<TGoal>(), MessageType.Of<TResult>(), MessageType.Of<TFeedback>());
}
