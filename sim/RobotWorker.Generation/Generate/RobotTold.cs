using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Generate;

/// <summary>What the robot has told last on its topics, as any node hears it: noise, delays and silences are in it.</summary>
internal sealed class RobotTold : IDisposable
{
    private readonly ImmutableArray<IDisposable> subscriptions;
    private readonly ImmutableArray<string> joints;
    private readonly double[] positions;
    private (double X, double Y, double Turn) speed;
    private (double X, double Y, double Yaw) odomFromBase, mapFromOdom;

    /// <param name="joints">In the order of the observation.</param>
    public RobotTold(IRosConnection ros, RobotProfile profile, ImmutableArray<string> joints)
    {
        this.joints = joints;
        positions = new double[joints.Length];
        subscriptions =
        [
            ros.Subscribe<JointState>(profile.Names.JointStates, Take), ros.Subscribe<Odometry>(profile.Names.Odometry, Take),
            ros.Subscribe<TFMessage>(profile.Names.Tf, message => Take(message, profile.Frames)),
        ];
    }

    /// <summary>Joints, then the base's speed: metres, radians, and these a second.</summary>
    public double[] State => [.. positions, speed.X, speed.Y, speed.Turn];

    /// <summary>Where the robot believes its base is, in the map: x, y, yaw.</summary>
    public double[] Place
    {
        get
        {
            var (sin, cos) = Math.SinCos(mapFromOdom.Yaw);
            return
            [
                mapFromOdom.X + (cos * odomFromBase.X) - (sin * odomFromBase.Y), mapFromOdom.Y + (sin * odomFromBase.X) + (cos * odomFromBase.Y),
                Motion.Angle.Wrap(mapFromOdom.Yaw + odomFromBase.Yaw),
            ];
        }
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }

    private void Take(JointState message)
    {
        for (var i = 0; i < Math.Min(message.Name.Length, message.Position.Length); i++)
            if (joints.IndexOf(message.Name[i]) is >= 0 and var place) positions[place] = message.Position[i];
    }

    private void Take(Odometry message) => speed = (message.Twist.Twist.Linear.X, message.Twist.Twist.Linear.Y, message.Twist.Twist.Angular.Z);

    private void Take(TFMessage message, FrameNames frames)
    {
        foreach (var transform in message.Transforms)
        {
            if (transform.Header.FrameId == frames.Map) mapFromOdom = Planar(transform.Transform);
            else if (transform.ChildFrameId == frames.Base) odomFromBase = Planar(transform.Transform);
        }
    }

    private static (double X, double Y, double Yaw) Planar(Transform t) =>
        (t.Translation.X, t.Translation.Y, 2 * Math.Atan2(t.Rotation.Z, t.Rotation.W));
}
