using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Actions;

/// <summary>What an action server does with its goals. Everything is called on the connection's thread.</summary>
public interface IActionServerHandler<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    /// <summary>Whether the goal is taken. A handler that runs one goal at a time may end its earlier one here (preemption).</summary>
    bool Accept(Guid goalId, TGoal goal);

    /// <summary>Whether a wish to cancel is granted; true unless overridden.</summary>
    bool AcceptCancel(Guid goalId) => true;

    /// <summary>
    /// Carries the goal out. <paramref name="canceled"/> asks to stop; the handler says how it ended, which may still be Succeeded.
    /// An <see cref="OperationCanceledException"/> after a granted cancel counts as Canceled; any other exception ends the loop's run.
    /// </summary>
    Task<GoalEnd<TResult>> Execute(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled);
}

/// <summary>How a server ended a goal: <c>GoalEnd.Succeeded(result)</c>.</summary>
/// <param name="State">Succeeded, Canceled or Aborted; Rejected only by a handler that hands its goals on to another server.</param>
/// <param name="Result">The result.</param>
/// <param name="Text">Why, in words, for a wire that carries words beside the result: actionlib's status.</param>
public readonly record struct GoalEnd<TResult>(GoalState State, TResult Result, string Text = "");

/// <summary>Makes <see cref="GoalEnd{TResult}"/>.</summary>
public static class GoalEnd
{
    /// <summary>It is done.</summary>
    public static GoalEnd<TResult> Succeeded<TResult>(TResult result) => new(GoalState.Succeeded, result);

    /// <summary>It was stopped because a client asked for it; a server that stops by itself (preemption, protective stop) says Aborted.</summary>
    public static GoalEnd<TResult> Canceled<TResult>(TResult result) => new(GoalState.Canceled, result);

    /// <summary>The server to which it was handed on refused it: it never ran.</summary>
    internal static GoalEnd<TResult> Rejected<TResult>(TResult result, string text) => new(GoalState.Rejected, result, text);

    /// <summary>The server gave up.</summary>
    public static GoalEnd<TResult> Aborted<TResult>(TResult result, string text = "") => new(GoalState.Aborted, result, text);
}

/// <summary>A goal as its server's handler sees it.</summary>
public sealed class ServerGoal<TGoal, TFeedback>
{
    private readonly Action<TFeedback> publish;
    private readonly Action confirm;

    internal ServerGoal(Guid id, TGoal goal, Action<TFeedback> publish, Action confirm)
    {
        this.confirm = confirm;
        Id = id;
        Goal = goal;
        this.publish = publish;
    }

    /// <summary>The id that the client chose.</summary>
    public Guid Id { get; }

    /// <summary>What is asked for.</summary>
    public TGoal Goal { get; }

    /// <summary>Publishes feedback. After the goal's end it goes nowhere.</summary>
    public void Publish(TFeedback feedback) => publish(feedback);

    /// <summary>The same goal as the handler of another action takes it, for a server that offers one motion under two actions.</summary>
    /// <param name="goal">What is asked for, in the other action's words.</param>
    /// <param name="feedback">The other's feedback in this action's words.</param>
    public ServerGoal<TOther, TOtherFeedback> As<TOther, TOtherFeedback>(TOther goal, Func<TOtherFeedback, TFeedback> feedback) =>
        new(Id, goal, other => publish(feedback(other)), confirm);

    /// <summary>The goal is accepted and runs; for a handler that <see cref="IDecidesLater"/>, else it is known already.</summary>
    internal void Confirm() => confirm();
}
