using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// The worker's signs of life for as long as an episode runs: true on the profile's topic, four times in the silence after which the robot acts by itself; false when
/// it is disposed of. They are published like anything else, so that a link that carries nothing carries no sign of life either.
/// </summary>
public sealed class Heartbeat : IDisposable
{
    private const int InASilence = 4;

    private readonly IPublisher<Bool> alive;
    private readonly ITimer timer;

    private Heartbeat(IRosConnection ros, string topic, TimeSpan period)
    {
        alive = ros.Advertise<Bool>(topic);
        timer = ros.Time.CreateTimer(_ => alive.Publish(new Bool { Data = true }), null, TimeSpan.Zero, period);
    }

    /// <summary>Begins; null for a robot that listens nowhere.</summary>
    public static Heartbeat? Of(IRosConnection ros, RobotProfile profile) =>
        profile.Heartbeat.Length == 0 ? null : new(ros, profile.Heartbeat, profile.Silence.After / InASilence);

    public void Dispose()
    {
        timer.Dispose();
        alive.Publish(new Bool { Data = false });
        alive.Dispose();
    }
}
