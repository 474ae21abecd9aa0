using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using Ros1 = RobotWorker.Ros.Messages.ActionlibMsgs;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Cancels every goal of the robot's actions, whoever sent it, and watches their own status until none runs: what is needed when nobody knows any more which
/// goals are open. The robot's actions are those of its profile, and those that a plan called. On ROS 2 through each action's cancel service, on ROS 1 through its cancel topic; an empty id means all.
/// </summary>
internal sealed class EveryGoal(IRosConnection ros, RobotProfile profile, IEnumerable<string> called)
{
    private readonly ImmutableArray<string> actions =
        [.. profile.Names.Actions.Union(called, StringComparer.Ordinal)];

    /// <summary>How long an action may take to tell its status at all; one that never does is not waited for.</summary>
    private static readonly TimeSpan FirstStatus = TimeSpan.FromSeconds(1);    // actionlib tells it five times a second

    /// <returns>The names of actions that could not be asked, or that still told of running goals at the deadline, with why; empty when none runs.</returns>
    public async Task<ImmutableArray<string>> CancelAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var waiting = new Waiting(ros.Time);
        var watched = actions.Select(action => Watch(action, waiting)).ToImmutableArray();
        try
        {
            var asked = await Task.WhenAll(watched.Select(w => AskAsync(w, deadline, cancel)));
            var began = ros.Time.GetTimestamp();
            await waiting.UntilAsync(() => watched.All(w => w.Running == 0), FirstStatus < deadline ? FirstStatus : deadline, cancel);
            var left = deadline - ros.Time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await waiting.UntilAsync(() => watched.All(w => w.Running is 0 or null), left, cancel);
            return [.. asked.OfType<string>(), .. watched.Where(w => w.Running > 0).Select(w => $"{w.Action} still tells of {w.Running} running goals")];
        }
        finally
        {
            foreach (var w in watched) w.Subscription?.Dispose();
        }
    }

    private Watched Watch(string action, Waiting waiting)
    {
        var watched = new Watched(action);
        watched.Subscription = profile.Dialect == RosDialect.Ros1
            ? ros.Subscribe<Ros1.GoalStatusArray>(action + "/status", m => Heard(m.StatusList.Count(IsActive)))
            : ros.Subscribe<GoalStatusArray>(action + "/_action/status", m => Heard(m.StatusList.Count(IsActive)));
        return watched;

        void Heard(int running)
        {
            watched.Running = running;
            waiting.Changed();
        }
    }

    private async Task<string?> AskAsync(Watched watched, TimeSpan deadline, CancellationToken cancel)
    {
        if (profile.Dialect == RosDialect.Ros1)
        {
            using var publisher = ros.Advertise<Ros1.GoalID>(watched.Action + "/cancel");
            publisher.Publish(new Ros1.GoalID());
            return null;
        }
        try
        {
            await ros.CallServiceAsync(CancelGoal.Type, watched.Action + "/_action/cancel_goal", new CancelGoal.Request(), deadline, cancel);
            return null;
        }
        catch (RosServiceException e) when (e.Failure == ServiceFailure.NoServer)
        {
            // Nobody offers the action, or the wire does not let its cancel service be called: its status, if any, tells.
            return null;
        }
        catch (RosServiceException e)
        {
            return $"{watched.Action} did not answer the wish to cancel: {e.Message}";
        }
    }

    public static bool IsActive(GoalStatus goal) =>
        goal.Status is GoalStatus.STATUS_ACCEPTED or GoalStatus.STATUS_EXECUTING or GoalStatus.STATUS_CANCELING;

    public static bool IsActive(Ros1.GoalStatus goal) =>
        goal.Status is Ros1.GoalStatus.PENDING or Ros1.GoalStatus.ACTIVE or Ros1.GoalStatus.PREEMPTING or Ros1.GoalStatus.RECALLING;

    /// <summary>One action; <see cref="Running"/> is null until it has told its status.</summary>
    private sealed class Watched(string action)
    {
        public string Action => action;

        public int? Running { get; set; }

        public IDisposable? Subscription { get; set; }
    }
}
