using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// Tells of things that a person has taught the arm as a detector would (/detections, ten times a second), for an arm without a camera. It goes by the arm's own joints: what the hand took is where the hand
/// took it, and what it let go has fallen to the level below. It sees nothing: a thing that somebody moves is told where it was, until the hand closes beside it.
/// </summary>
public sealed class TaughtDetector : IDisposable
{
    /// <summary>The frame of the detections: that of a camera that is not there, straight above what was taught, looking down (z ahead, x right, y down; REP 103).</summary>
    public const string Frame = "taught";

    public const string CameraInfoTopic = "/taught/camera_info";

    private const double AboveMetres = 1.5;
    private const int Pixels = 1000;

    // A view of 3 m to each side from there.
    private const double FocalPixels = Pixels / 4.0;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly ArmBody body;
    private readonly string gripper;
    private readonly Action<string> tell;
    private readonly IPublisher<Detection3DArray> detections;
    private readonly IPublisher<CameraInfo> camera;
    private readonly IDisposable subscription;
    private readonly Dictionary<string, double> positions = new(StringComparer.Ordinal);
    private readonly double[] levels;
    private readonly Pose mapFromCamera;
    private ImmutableArray<TaughtObject> objects;
    private RobotTime? toldAt;

    /// <param name="gripper">The gripper's joint: its position is the opening in metres, its effort the force in newtons.</param>
    /// <param name="tell">Hears of what the hand did not find.</param>
    public TaughtDetector(IRosConnection ros, ArmBody body, string gripper, TaughtPlaces places, Action<string> tell)
    {
        (this.body, this.gripper, this.tell) = (body, gripper, tell);
        (objects, levels) = (places.Objects, [.. places.Levels]);
        mapFromCamera = new(Middle(objects) + new Vec3(0, 0, AboveMetres), Quat.FromRpy(Math.PI, 0, 0));
        detections = ros.Advertise<Detection3DArray>("/detections");
        camera = ros.Advertise<CameraInfo>(CameraInfoTopic);
        subscription = ros.Subscribe<JointState>("/joint_states", Take);
    }

    /// <summary>For /tf_static: <see cref="Frame"/> in the map.</summary>
    public (string Parent, string Child, Pose Pose) Camera => (DescriptionPublisher.Map, Frame, mapFromCamera);

    public void Dispose()
    {
        subscription.Dispose();
        detections.Dispose();
        camera.Dispose();
    }

    private void Take(JointState message)
    {
        for (var i = 0; i < Math.Min(message.Name.Length, message.Position.Length); i++) positions[message.Name[i]] = message.Position[i];
        var finger = message.Name.IndexOf(gripper);
        if (finger < 0 || finger >= message.Position.Length) return;
        Feel(new(body.ToolInMap(joint => positions.GetValueOrDefault(joint)), message.Position[finger], finger < message.Effort.Length ? Math.Abs(message.Effort[finger]) : 0));
        var at = new RobotTime(message.Header.Stamp.Nanoseconds);
        if (toldAt is { } before && at - before < Every && at >= before) return;
        toldAt = at;
        Tell(new() { Stamp = message.Header.Stamp, FrameId = Frame });
    }

    private void Feel(HandReading hand)
    {
        // A full hand takes nothing else.
        var nearest = objects.Any(o => o.Held is not null) ? null : objects.Where(o => !o.IsLost).MinBy(o => (o.Pose.Position - hand.Tool.Position).Length);
        var after = objects.Select(o => o.After(hand, ReferenceEquals(o, nearest), levels)).ToImmutableArray();
        foreach (var lost in after.Where((o, i) => o.IsLost && !objects[i].IsLost)) tell($"{lost.Name} is not where it was taught: the hand closed on nothing at {lost.Pose.Position}. Put it there, or teach it anew");
        objects = after;
    }

    private void Tell(Header header)
    {
        camera.Publish(new()
        {
            Header = header,
            Width = Pixels,
            Height = Pixels,
            DistortionModel = "plumb_bob",
            D = [0, 0, 0, 0, 0],
            K = [FocalPixels, 0, Pixels / 2.0, 0, FocalPixels, Pixels / 2.0, 0, 0, 1],
            R = [1, 0, 0, 0, 1, 0, 0, 0, 1],
            P = [FocalPixels, 0, Pixels / 2.0, 0, 0, FocalPixels, Pixels / 2.0, 0, 0, 0, 1, 0],
        });
        var cameraFromMap = mapFromCamera.Inverse();
        detections.Publish(new()
        {
            Header = header,
            Detections = [.. objects.Where(o => !o.IsLost).Select(o => Detection(header, o, cameraFromMap * o.Pose))],
        });
    }

    private static Detection3D Detection(Header header, TaughtObject taught, Pose pose) => new()
    {
        Header = header,
        Results = [new() { Hypothesis = new() { ClassId = taught.ClassId, Score = 1 }, Pose = new() { Pose = pose.ToMessage(), Covariance = [.. new double[36]] } }],
        Bbox = new() { Center = pose.ToMessage(), Size = taught.Size.ToVector3() },
    };

    private static Vec3 Middle(ImmutableArray<TaughtObject> objects) => objects.IsEmpty ? Vec3.Zero : objects.Aggregate(Vec3.Zero, (sum, o) => sum + o.Pose.Position) / objects.Length;
}
