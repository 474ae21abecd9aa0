using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Time;

namespace RobotWorker.Integration.Runs;

/// <summary>What a recording tells of the robot's motion and of the executor's events.</summary>
internal sealed class Trace
{
    private readonly McapRecording recording;

    private Trace(McapRecording recording)
    {
        this.recording = recording;
        Motion =
        [
            .. On<Odometry>("/odom").Select(m => new Speed(m.At, "base", BaseSpeed(m.Message.Twist.Twist)))
                .Concat(On<JointState>("/joint_states").Select(m => new Speed(m.At, "arm", ArmSpeed(m.Message))))
                .OrderBy(s => s.At),
        ];
        Commands = [.. On<Twist>("/cmd_vel").Select(m => new Speed(m.At, "command", BaseSpeed(m.Message)))];
        Events = [.. recording.On(EpisodeRecorder.EventTopic).Select(m => EventJson.Read(System.Text.Encoding.UTF8.GetString(m.Data.Span)))];
        End = new(recording.Messages[^1].LogTime);
    }

    /// <summary>How fast base and arm were, as the robot's own topics say.</summary>
    public ImmutableArray<Speed> Motion { get; }

    /// <summary>What was asked of the base on /cmd_vel.</summary>
    public ImmutableArray<Speed> Commands { get; }

    public ImmutableArray<Event> Events { get; }

    /// <summary>When the last message was recorded.</summary>
    public RobotTime End { get; }

    public static Trace Of(string mcap)
    {
        var recording = McapReader.Read(mcap);
        Assert.That(recording.IsWhole, () => string.Join('\n', recording.Notices));
        return new(recording);
    }

    /// <summary>Motion from one instant to another, both included.</summary>
    public IEnumerable<Speed> Between(RobotTime from, RobotTime to) => Motion.Where(s => s.At >= from && s.At <= to);

    private IEnumerable<(RobotTime At, T Message)> On<T>(string topic) where T : IRosMessage<T> =>
        recording.On(topic).Select(m => (new RobotTime(m.LogTime), Cdr.Deserialize<T>(m.Data.Span)));

    private static double BaseSpeed(Twist twist) =>
        Math.Max(Math.Sqrt((twist.Linear.X * twist.Linear.X) + (twist.Linear.Y * twist.Linear.Y)), Math.Abs(twist.Angular.Z));

    private static double ArmSpeed(JointState joints) =>
        joints.Name.Zip(joints.Velocity).Where(j => j.First.StartsWith("arm_", StringComparison.Ordinal)).Max(j => Math.Abs(j.Second));
}

/// <param name="Value">Metres or radians a second, whichever is more.</param>
internal readonly record struct Speed(RobotTime At, string Of, double Value)
{
    /// <summary>What counts as standing still; a robot at rest shows hundredths of it.</summary>
    public const double Still = 0.03;

    public bool Moves => Value > Still;

    public override string ToString() => $"{Of} {Value:0.000} at {At}";
}
