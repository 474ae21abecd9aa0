using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// The protective stop: the profile's measures in their order, each tried whatever became of the ones before. A convenience of the robot's controllers, not a
/// safety function. Over a wire it has a connection of its own, so that it queues behind nothing.
/// </summary>
internal sealed class StopList(IRosConnection ros, RobotProfile profile) : IProtectiveStop, IDisposable
{
    private readonly IPublisher<Twist>? velocity = profile.Names.Velocity.Length > 0 ? ros.Advertise<Twist>(profile.Names.Velocity) : null;

    private volatile bool holds;    // also asked from another thread

    public bool Holds => holds;

    public void AssumeHeld() => holds = true;

    public async Task CarryOutAsync(IReadOnlyCollection<string> called, TimeSpan deadline, CancellationToken cancel)
    {
        velocity?.Publish(new Twist());
        var failures = new List<string>();
        foreach (var measure in profile.StopList)
        {
            try
            {
                if (await TryAsync(measure, called, deadline, cancel) is { } failure) failures.Add(failure);
            }
            catch (RosServiceException e)
            {
                failures.Add(e.Message);
            }
        }
        if (failures.Count > 0) throw new InvalidOperationException(string.Join("; ", failures));
    }

    public async Task<string?> ReleaseAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (!holds) return null;
        try
        {
            var answer = await ros.CallUntilAnsweredAsync(Trigger.Type, profile.Names.ProtectiveStopRelease, new Trigger.Request(), deadline, cancel);
            if (!answer.Success) return "the robot did not release its protective stop";
        }
        catch (RosServiceException e)
        {
            return $"the protective stop was not released: {e.Message}";
        }
        holds = false;
        return null;
    }

    public void Dispose() => velocity?.Dispose();

    private async Task<string?> TryAsync(StopMeasure measure, IReadOnlyCollection<string> called, TimeSpan deadline, CancellationToken cancel)
    {
        switch (measure)
        {
            case StopMeasure.ProtectiveStop:
                holds = true;
                var answer = await ros.CallUntilAnsweredAsync(Trigger.Type, profile.Names.ProtectiveStop, new Trigger.Request(), deadline, cancel);
                return answer.Success ? null : $"the robot refused {profile.Names.ProtectiveStop}";
            case StopMeasure.CancelAll:
                var left = await new EveryGoal(ros, profile, called).CancelAsync(deadline, cancel);
                return left.IsEmpty ? null : string.Join("; ", left);
            case StopMeasure.ZeroVelocity:
                velocity?.Publish(new Twist());
                return null;
            default:
                throw new InvalidOperationException($"no such measure: {measure}");
        }
    }
}
