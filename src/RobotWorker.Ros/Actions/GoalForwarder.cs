using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Actions;

/// <summary>A handler whose <c>Accept</c> is only a maybe: its goals count as accepted when it calls <see cref="ServerGoal{TGoal,TFeedback}.Confirm"/>, and may still be rejected before.</summary>
internal interface IDecidesLater;

/// <summary>An action's server that hands its goals on to another server of the same action, which decides about them.</summary>
internal sealed class GoalForwarder<TGoal, TResult, TFeedback>(IActionClient<TGoal, TResult, TFeedback> client, MessageType<TResult> results)
    : IActionServerHandler<TGoal, TResult, TFeedback>, IDecidesLater
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    // A robot that takes long to stop is not one that has gone.
    private static readonly GoalTimeouts Patience = new(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

    public bool Accept(Guid goalId, TGoal goal) => client.ServerIsThere;

    public async Task<GoalEnd<TResult>> Execute(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled)
    {
        var handle = client.Send(goal.Id, goal.Goal, goal.Publish, Patience);
        handle.StateChanged += state =>
        {
            if (state is GoalState.Accepted or GoalState.Executing) goal.Confirm();
        };
        using var wish = canceled.Register(handle.Cancel);
        var outcome = await handle.Completion;
        var result = outcome.Result ?? results.Default;
        return outcome.State switch
        {
            GoalState.Succeeded => GoalEnd.Succeeded(result),
            GoalState.Canceled when canceled.IsCancellationRequested => GoalEnd.Canceled(result),
            GoalState.Rejected when canceled.IsCancellationRequested => GoalEnd.Canceled(result),    // it never ran, as was wished
            GoalState.Rejected => GoalEnd.Rejected(result, outcome.Detail),
            // Somebody else cancelled it, or nobody knows: the server gave up.
            _ => GoalEnd.Aborted(result, outcome.Detail),
        };
    }
}
