using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;
using RobotWorker.Time;
using Pose = RobotWorker.Motion.Pose;
using Vec3 = RobotWorker.Motion.Vec3;

namespace RobotWorker.Tests.Skills;

/// <summary>
/// A robot that only talks: it publishes, at the usual rates, whatever the test has set. It stands at <c>table_side</c>, an eye 1.5 m high; its camera sees
/// what is in the picture, without errors.
/// </summary>
internal sealed class Puppet
{
    private static readonly Vec3 Eye = new(0, 0, 1.5);

    private readonly OnLoop world;
    private readonly IPublisher<Clock> clock;
    private readonly IPublisher<TFMessage> transforms;
    private readonly IPublisher<JointState> joints;
    private readonly IPublisher<Odometry> odometry;
    private readonly IPublisher<CameraInfo> camera;
    private readonly IPublisher<Detection3DArray> detections;

    public Puppet(OnLoop world)
    {
        this.world = world;
        Ros = world.Graph.Connect("robot");
        clock = Ros.Advertise<Clock>("/clock");
        transforms = Ros.Advertise<TFMessage>("/tf");
        joints = Ros.Advertise<JointState>("/joint_states");
        odometry = Ros.Advertise<Odometry>("/odom");
        camera = Ros.Advertise<CameraInfo>("/head_camera/camera_info");
        detections = Ros.Advertise<Detection3DArray>("/detections");
        LookAt(new(10, 0, 1.5));
        _ = LiveAsync();
    }

    public IRosConnection Ros { get; }

    /// <summary>Metres a second.</summary>
    public double Speed { get; set; }

    /// <summary>It tells nothing for the time being.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Where the hand is in the map; null: nothing is told of it.</summary>
    public Pose? Tool { get; set; }

    public (double Width, double Force) Gripper { get; set; } = (0.085, 0);

    /// <summary>What stands where in the map, by class.</summary>
    public Dictionary<string, Pose> Objects { get; } = [];

    public Pose MapFromCamera { get; private set; }

    public static RobotTime Now(OnLoop world) => Workshop.Seconds(world.Loop.Elapsed.TotalSeconds);

    public void LookAt(Vec3 point)
    {
        var z = (point - Eye).Normalized();
        var x = z.Cross(Vec3.UnitZ).Normalized();
        MapFromCamera = new(Eye, Quat.FromAxes(x, z.Cross(x), z));
    }

    private async Task LiveAsync()
    {
        for (var tick = 0; ; tick++)
        {
            if (!IsSilent) Publish(frame: tick % 5 == 0);
            await world.Seconds(0.02);
        }
    }

    private void Publish(bool frame)
    {
        var stamp = Now(world).ToRos();
        clock.Publish(new() { Value = stamp });
        transforms.Publish(new() { Transforms = [Transform("base_link", Pose.Identity), Transform("head_camera_optical_frame", MapFromCamera), .. Tool is { } tool ? new[] { Transform("tool0", tool) } : []] });
        joints.Publish(new()
        {
            Header = new() { Stamp = stamp }, Name = [.. Workshop.Profile.ArmJoints, "gripper_joint", .. Workshop.Profile.HeadJoints], Position = [.. Motion.Arm.Ready, Gripper.Width, 0, 0],
            Velocity = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Effort = [0, 0, 0, 0, 0, 0, 0, Gripper.Force, 0, 0],
        });
        odometry.Publish(new() { Header = new() { Stamp = stamp }, Twist = new() { Twist = new() { Linear = new() { X = Speed } } } });
        if (!frame) return;
        var info = new CameraInfo { Header = new() { Stamp = stamp, FrameId = "head_camera_optical_frame" }, Width = 640, Height = 480, K = [400, 0, 320, 0, 400, 240, 0, 0, 1] };
        camera.Publish(info);
        var view = CameraView.From(info, MapFromCamera);
        detections.Publish(new()
        {
            Header = info.Header,
            Detections =
            [
                .. Objects.Where(o => view.Shows(o.Value.Position)).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => new Detection3D
                {
                    Results = [new() { Hypothesis = new() { ClassId = o.Key, Score = 1 }, Pose = new() { Pose = (MapFromCamera.Inverse() * o.Value).ToRos() } }],
                }),
            ],
        });

        TransformStamped Transform(string child, Pose pose) => new()
        {
            Header = new() { Stamp = stamp, FrameId = "map" }, ChildFrameId = child,
            Transform = new()
            {
                Translation = new() { X = pose.Position.X, Y = pose.Position.Y, Z = pose.Position.Z },
                Rotation = new() { X = pose.Rotation.X, Y = pose.Rotation.Y, Z = pose.Rotation.Z, W = pose.Rotation.W },
            },
        };
    }
}
