using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// The protective stop: the profile's measures in their order, each tried whatever became of the ones before. A convenience of the robot's controllers, not a
/// safety function. Over a wire it has a connection of its own, so that it queues behind nothing.
/// </summary>
/// <param name="called">What plans called beside the profile's actions.</param>
internal sealed class StopList(IRosConnection ros, RobotProfile profile, CalledActions called) : IDisposable
{
    private readonly IPublisher<Twist> velocity = ros.Advertise<Twist>(profile.Names.Velocity);

    /// <summary>Whether the robot's own stop was called: then only its release lets anything move again.</summary>
    public bool Holds { get; set; }

    /// <exception cref="InvalidOperationException">A measure failed; the message says which and why. The others were carried out.</exception>
    public async Task CarryOutAsync(TimeSpan deadline, CancellationToken cancel)
    {
        velocity.Publish(new Twist());
        var failures = new List<string>();
        foreach (var measure in profile.StopList)
        {
            try
            {
                if (await TryAsync(measure, deadline, cancel) is { } failure) failures.Add(failure);
            }
            catch (RosServiceException e)
            {
                failures.Add(e.Message);
            }
        }
        if (failures.Count > 0) throw new InvalidOperationException(string.Join("; ", failures));
    }

    /// <summary>Lets the robot move again. Null when it may, else why not.</summary>
    public async Task<string?> ReleaseAsync(TimeSpan deadline, CancellationToken cancel)
    {
        if (!Holds) return null;
        try
        {
            var answer = await ros.CallServiceAsync(Trigger.Type, profile.Names.ProtectiveStopRelease, new Trigger.Request(), deadline, cancel);
            if (!answer.Success) return "the robot did not release its protective stop";
        }
        catch (RosServiceException e)
        {
            return $"the protective stop was not released: {e.Message}";
        }
        Holds = false;
        return null;
    }

    public void Dispose() => velocity.Dispose();

    private async Task<string?> TryAsync(StopMeasure measure, TimeSpan deadline, CancellationToken cancel)
    {
        switch (measure)
        {
            case StopMeasure.ProtectiveStop:
                Holds = true;
                var answer = await ros.CallServiceAsync(Trigger.Type, profile.Names.ProtectiveStop, new Trigger.Request(), deadline, cancel);
                return answer.Success ? null : $"the robot refused {profile.Names.ProtectiveStop}";
            case StopMeasure.CancelAll:
                var left = await new EveryGoal(ros, profile, called.Names).CancelAsync(deadline, cancel);
                return left.IsEmpty ? null : string.Join("; ", left);
            case StopMeasure.ZeroVelocity:
                velocity.Publish(new Twist());
                return null;
            default:
                throw new InvalidOperationException($"no such measure: {measure}");
        }
    }
}
