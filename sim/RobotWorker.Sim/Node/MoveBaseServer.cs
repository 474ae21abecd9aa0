using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;

namespace RobotWorker.Sim.Node;

/// <summary>MoveBase, as navigation is called on ROS 1: the same driving as NavigateToPose behind the older action. Its result has no field to say why it gave up: that stands in the goal's status.</summary>
internal sealed class MoveBaseServer(NavigateServer navigate) : IActionServerHandler<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback>
{
    public bool Accept(Guid goalId, MoveBase.Goal goal) => navigate.Accept(goalId, Converted(goal));

    public async Task<GoalEnd<MoveBase.Result>> Execute(ServerGoal<MoveBase.Goal, MoveBase.Feedback> goal, CancellationToken canceled)
    {
        var inner = goal.As<NavigateToPose.Goal, NavigateToPose.Feedback>(Converted(goal.Goal), f => new() { BasePosition = f.CurrentPose });
        var end = await navigate.Execute(inner, canceled);
        return new(end.State, new MoveBase.Result(), end.Result.ErrorMsg);
    }

    private static NavigateToPose.Goal Converted(MoveBase.Goal goal) => new() { Pose = goal.TargetPose };
}
