using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Policies;

/// <summary>What the robot has told last on its topics, as any node hears it: noise, delays and silences are in it.</summary>
public sealed class RobotTold : IDisposable
{
    /// <summary>Names of the vectors, as data sets have them.</summary>
    public const string StateName = "observation.state", PlaceName = "observation.base_pose";

    private readonly ImmutableArray<IDisposable> subscriptions;
    private readonly ImmutableArray<string> joints;
    private readonly double[] positions;
    private readonly bool baseMoves;
    private (double X, double Y, double Turn)? speed;
    private (double X, double Y, double Yaw)? odomFromBase, mapFromOdom;

    public RobotTold(IRosConnection ros, RobotProfile profile)
    {
        baseMoves = profile.Names.BaseMoves;
        joints = [.. profile.ArmJoints, profile.GripperJoint, .. profile.HeadJoints];
        positions = new double[joints.Length];
        Array.Fill(positions, double.NaN);
        subscriptions =
        [
            ros.Subscribe<JointState>(profile.Names.JointStates, Take), .. profile.Names.BaseMoves ? [ros.Subscribe<Odometry>(profile.Names.Odometry, Take)] : ImmutableArray<IDisposable>.Empty,
            ros.Subscribe<TFMessage>(profile.Names.Tf, message => Take(message, profile.Frames)),
        ];
    }

    /// <summary>Whether all of it has been told once.</summary>
    public bool IsWhole => !positions.Any(double.IsNaN) && (!baseMoves || (speed is not null && odomFromBase is not null && mapFromOdom is not null));

    /// <summary>Arm, gripper, head, then the speed of a base that moves: metres, radians, and these a second. What was not told is 0.</summary>
    public double[] State
    {
        get
        {
            var (x, y, turn) = speed.GetValueOrDefault();
            return [.. positions.Select(p => double.IsNaN(p) ? 0 : p), .. baseMoves ? [x, y, turn] : ImmutableArray<double>.Empty];
        }
    }

    /// <summary>Where the robot believes its base is, in the map: x, y, yaw.</summary>
    public double[] Place
    {
        get
        {
            var (odom, map) = (odomFromBase.GetValueOrDefault(), mapFromOdom.GetValueOrDefault());
            var (sin, cos) = Math.SinCos(map.Yaw);
            return [map.X + (cos * odom.X) - (sin * odom.Y), map.Y + (sin * odom.X) + (cos * odom.Y), Motion.Angle.Wrap(map.Yaw + odom.Yaw)];
        }
    }

    /// <summary>All of it, by the names that data sets have for it.</summary>
    public IReadOnlyDictionary<string, double[]> Observation
    {
        get
        {
            var told = new Dictionary<string, double[]>(StringComparer.Ordinal) { [StateName] = State };
            if (baseMoves) told[PlaceName] = Place;
            return told;
        }
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }

    private void Take(JointState message)
    {
        for (var i = 0; i < Math.Min(message.Name.Length, message.Position.Length); i++)
            if (joints.IndexOf(message.Name[i]) is >= 0 and var place && double.IsFinite(message.Position[i])) positions[place] = message.Position[i];
    }

    private void Take(Odometry message) => speed = (message.Twist.Twist.Linear.X, message.Twist.Twist.Linear.Y, message.Twist.Twist.Angular.Z);

    private void Take(TFMessage message, FrameNames frames)
    {
        foreach (var transform in message.Transforms)
        {
            // Who knows of no odometry frame tells of the base in the map itself.
            if (transform.Header.FrameId == frames.Map && transform.ChildFrameId == frames.Base) (mapFromOdom, odomFromBase) = (Planar(transform.Transform), (0, 0, 0));
            else if (transform.Header.FrameId == frames.Map && transform.ChildFrameId != frames.Camera && transform.ChildFrameId != frames.Tool) mapFromOdom = Planar(transform.Transform);
            else if (transform.ChildFrameId == frames.Base) odomFromBase = Planar(transform.Transform);
        }
    }

    private static (double X, double Y, double Yaw) Planar(Transform t) =>
        (t.Translation.X, t.Translation.Y, 2 * Math.Atan2(t.Rotation.Z, t.Rotation.W));
}
