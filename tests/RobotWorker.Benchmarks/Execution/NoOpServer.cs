using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>Ends every goal at once, well.</summary>
internal sealed class NoOpServer : IActionServerHandler<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback>
{
    private static readonly GripperCommandAction.Result Done = new() { ReachedGoal = true };

    public bool Accept(Guid goalId, GripperCommandAction.Goal goal) => true;

    public Task<GoalEnd<GripperCommandAction.Result>> Execute(ServerGoal<GripperCommandAction.Goal, GripperCommandAction.Feedback> goal, CancellationToken canceled) =>
        Task.FromResult(GoalEnd.Succeeded(Done));
}
