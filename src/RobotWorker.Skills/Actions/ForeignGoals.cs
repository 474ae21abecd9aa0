using RobotWorker.Execution;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Skills.Profile;
using Ros1 = RobotWorker.Ros.Messages.ActionlibMsgs;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Watches the status topics of the robot's actions for goals that are not ours: somebody else moves the robot, the mode is INTERVENED. Where the wire does not tell
/// the ids of our own goals (rosbridge's action ops), nobody can tell them apart, and nothing is watched.
/// </summary>
internal sealed class ForeignGoals : IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly HashSet<string> ours;
    private readonly HashSet<string> told = [];
    private readonly IWorkerInbox inbox;

    /// <param name="ours">Goals that earlier processes of this episode sent.</param>
    public ForeignGoals(IRosConnection ros, RobotProfile profile, IWorkerInbox inbox, IEnumerable<string> ours)
    {
        (this.inbox, this.ours) = (inbox, [.. ours]);
        if (!ros.TellsGoalIds) return;
        foreach (var action in new[] { profile.Names.Navigate, profile.Names.FollowTrajectory, profile.Names.Gripper, profile.Names.PointHead }.Where(name => name.Length > 0))
        {
            subscriptions.Add(profile.Dialect == RosDialect.Ros1
                ? ros.Subscribe<Ros1.GoalStatusArray>(action + "/status", m => Take(action, m.StatusList.Where(EveryGoal.IsActive).Select(goal => goal.GoalId.Id)))
                : ros.Subscribe<GoalStatusArray>(action + "/_action/status", m => Take(action, m.StatusList.Where(EveryGoal.IsActive).Select(goal => goal.GoalInfo.GoalId.ToGuid().ToString("D")))));
        }
    }

    /// <summary>It is about to be sent, and is ours.</summary>
    public void Add(Guid goal) => ours.Add(goal.ToString("D"));

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    private void Take(string action, IEnumerable<string> active)
    {
        foreach (var goal in active)
        {
            // One that is told of again and again is one intervention.
            if (ours.Contains(goal) || !told.Add(goal)) continue;
            inbox.ModeChanged(OperatingMode.Intervened, $"a goal on {action} that is not ours ({goal})");
            return;
        }
    }
}
