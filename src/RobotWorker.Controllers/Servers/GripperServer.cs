using RobotWorker.Controllers.Gripper;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;

namespace RobotWorker.Controllers.Servers;

/// <summary>
/// GripperCommand: the opening width in metres (cut to what the gripper can) and the greatest force in newtons (0: all it has). It succeeds at the
/// width or stalled on something, and goes on gripping afterwards.
/// </summary>
public sealed class GripperServer(IGripperDrive drive, double openingMetres, double greatestForce)
    : SingleGoalServer<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback>
{
    /// <summary>A force at the pads from which on something is between them, newtons.</summary>
    private const double TouchNewtons = 1;

    private GripperProgress progress = new(0);

    public override bool Accept(Guid goalId, GripperCommandAction.Goal goal) =>
        double.IsFinite(goal.Command.Position) && double.IsFinite(goal.Command.MaxEffort) && goal.Command.MaxEffort >= 0 && base.Accept(goalId, goal);

    protected override GoalEnd<GripperCommandAction.Result>? Begin(GripperCommandAction.Goal goal)
    {
        progress = new(Math.Clamp(goal.Command.Position, 0, openingMetres));
        Command(progress.TargetMetres, goal.Command.MaxEffort);
        return null;
    }

    /// <summary>Commands the fingers, without a goal whose end would be told.</summary>
    public void Command(double metres, double newtons) => drive.Command(Math.Clamp(metres, 0, openingMetres), newtons > 0 ? Math.Min(newtons, greatestForce) : greatestForce);

    protected override GoalEnd<GripperCommandAction.Result>? Continue(double seconds)
    {
        progress = progress.After(seconds, drive.MeasuredSpeed);
        return progress.State(drive.MeasuredWidth) switch
        {
            GripperState.Moving => null,
            GripperState.ReachedGoal => GoalEnd.Succeeded(Result(reached: true, stalled: false)),
            GripperState.Stalled => GoalEnd.Succeeded(Result(reached: false, stalled: true)),
            GripperState.TimedOut => GoalEnd.Aborted(Result(reached: false, stalled: false)),
            var other => throw new InvalidOperationException($"unknown gripper state {other}"),
        };
    }

    protected override void Stop() => HoldOrKeepGripping();

    protected override GoalEnd<GripperCommandAction.Result>? Stopping(double seconds) => GoalEnd.Canceled(Result(reached: false, stalled: false));

    protected override GripperCommandAction.Feedback Feedback() =>
        new() { Position = drive.MeasuredWidth, Effort = drive.MeasuredForce };

    protected override GripperCommandAction.Result Broken(string why) => Result(reached: false, stalled: false);

    /// <summary>Empty fingers stand; fingers with something between them go on gripping it.</summary>
    public void HoldOrKeepGripping()
    {
        if (drive.MeasuredForce < TouchNewtons) drive.Command(drive.MeasuredWidth, drive.CommandedForce);
    }

    private GripperCommandAction.Result Result(bool reached, bool stalled) => new()
    {
        Position = drive.MeasuredWidth,
        Effort = drive.MeasuredForce,
        ReachedGoal = reached,
        Stalled = stalled,
    };
}
