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

    /// <summary>How long an end is waited for before it is asked for again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <returns>The names of actions that could not be asked, or that still told of running goals at the deadline, with why; empty when none runs.</returns>
    public async Task<ImmutableArray<string>> CancelAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var ends = await Task.WhenAll(actions.Select(action => EndAsync(action, deadline, cancel)));
        return [.. ends.OfType<string>()];
    }

    // On ROS 2 a status is told when it changes and never again. Where the wire lost the last one, the goal seems to run for ever; whoever subscribes again is told it again.
    private async Task<string?> EndAsync(string action, TimeSpan deadline, CancellationToken cancel)
    {
        var began = ros.Time.GetTimestamp();
        var waiting = new Waiting(ros.Time);
        int? running = null;
        var status = Watch();
        try
        {
            if (await AskAsync(action, Left(), cancel) is { } unanswered) return unanswered;
            var asked = ros.Time.GetTimestamp();
            while (!await waiting.UntilAsync(() => running == 0, Left() < Patience ? Left() : Patience, cancel))
            {
                if (running is null && ros.Time.GetElapsedTime(asked) >= FirstStatus) return null;
                if (Left() == TimeSpan.Zero) return running is null ? null : $"{action} still tells of {running} running goals";
                if (profile.Dialect == RosDialect.Ros1)
                {
                    await AskAsync(action, Left(), cancel);    // there the status is told again and again; the wish was a single message
                    continue;
                }
                var before = status;
                status = Watch();
                before.Dispose();
            }
            return null;
        }
        finally
        {
            status.Dispose();
        }

        TimeSpan Left() => ros.Time.GetElapsedTime(began) is var passed && passed < deadline ? deadline - passed : TimeSpan.Zero;

        IDisposable Watch() => profile.Dialect == RosDialect.Ros1
            ? ros.Subscribe<Ros1.GoalStatusArray>(action + "/status", m => Heard(m.StatusList.Count(IsActive)))
            : ros.Subscribe<GoalStatusArray>(action + "/_action/status", m => Heard(m.StatusList.Count(IsActive)));

        void Heard(int now)
        {
            running = now;
            waiting.Changed();
        }
    }

    private async Task<string?> AskAsync(string action, TimeSpan deadline, CancellationToken cancel)
    {
        if (profile.Dialect == RosDialect.Ros1)
        {
            using var publisher = ros.Advertise<Ros1.GoalID>(action + "/cancel");
            publisher.Publish(new Ros1.GoalID());
            return null;
        }
        try
        {
            await ros.CallUntilAnsweredAsync(CancelGoal.Type, action + "/_action/cancel_goal", new CancelGoal.Request(), deadline, cancel);
            return null;
        }
        catch (RosServiceException e) when (e.Failure == ServiceFailure.NoServer)
        {
            // Nobody offers the action, or the wire does not let its cancel service be called: its status, if any, tells.
            return null;
        }
        catch (RosServiceException e)
        {
            return $"{action} did not answer the wish to cancel: {e.Message}";
        }
    }

    public static bool IsActive(GoalStatus goal) =>
        goal.Status is GoalStatus.STATUS_ACCEPTED or GoalStatus.STATUS_EXECUTING or GoalStatus.STATUS_CANCELING;

    public static bool IsActive(Ros1.GoalStatus goal) =>
        goal.Status is Ros1.GoalStatus.PENDING or Ros1.GoalStatus.ACTIVE or Ros1.GoalStatus.PREEMPTING or Ros1.GoalStatus.RECALLING;
}
