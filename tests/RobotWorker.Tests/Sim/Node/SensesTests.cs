using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Tests.Sim.Node;

public class SensesTests
{
    private static readonly SimulatedRobotOptions Perfect = new() { Detector = DetectorNoise.None };
    private static readonly Vec3 Table = new(0, 0.95, 0.75);

    [Test]
    public void Look_AtTheTable_SeesAllFourObjectsWhereTheyAre() => Rig.Run(async rig =>
    {
        Detection3DArray? last = null;
        rig.Client.Subscribe<Detection3DArray>("/detections", m => last = m);

        var outcome = await rig.Look(Table).Completion;
        await rig.Wait(0.2);

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(last!.Detections.Select(d => d.Results[0].Hypothesis.ClassId), Is.EquivalentTo(["cup/red", "cup/blue", "can/green", "box/yellow"]));
        Assert.That(last.Detections.Select(d => d.Id), Is.All.Empty, "identity is the world model's conclusion");
        var camera = rig.World.CameraPose("head_camera");
        foreach (var detection in last.Detections)
        {
            var p = detection.Results[0].Pose.Pose.Position;
            var thing = rig.World.Scene.Objects.Single(o => o.Object.Class == detection.Results[0].Hypothesis.ClassId);
            Assert.That((camera.Apply(new(p.X, p.Y, p.Z)) - rig.World.ObjectPose(thing.Name).Position).Length, Is.LessThan(1e-3));
        }
    }, options: Perfect);

    [Test]
    public void Look_ThroughTf_FindsTheCameraWhereItIs() => Rig.Run(async rig =>
    {
        var transforms = new SortedDictionary<string, (string Parent, Pose Pose)>(StringComparer.Ordinal);
        foreach (var topic in new[] { "/tf", "/tf_static" })
            rig.Client.Subscribe<RobotWorker.Ros.Messages.Tf2Msgs.TFMessage>(topic, m =>
            {
                foreach (var t in m.Transforms)
                {
                    var (p, q) = (t.Transform.Translation, t.Transform.Rotation);
                    transforms[t.ChildFrameId] = (t.Header.FrameId, new(new(p.X, p.Y, p.Z), new(q.X, q.Y, q.Z, q.W)));
                }
            });
        await rig.Follow(rig.World.Robot.Posture("home"), 1.5).Completion;
        await rig.Look(new(-0.4, 1, 0.7)).Completion;
        await rig.Wait(0.5);

        // In the base as exactly as encoders tell; the base in the map as well as it is localized.
        foreach (var (frame, root, metres, radians) in new[] { ("head_camera_optical_frame", "base_link", 1e-3, 2e-3), ("tool0", "base_link", 1e-3, 2e-3), ("base_link", "map", 0.01, 0.005) })
        {
            var (pose, at) = (Pose.Identity, frame);
            while (at != root && transforms.TryGetValue(at, out var up)) (pose, at) = (up.Pose * pose, up.Parent);
            var truth = (root == "map" ? Pose.Identity : rig.World.LinkPose(root).Inverse()) * rig.World.LinkPose(frame);
            Assert.That(at, Is.EqualTo(root));
            Assert.That((pose.Position - truth.Position).Length, Is.LessThan(metres), frame);
            Assert.That((pose.Rotation.Inverse() * truth.Rotation).ToRotationVector().Length, Is.LessThan(radians), frame);
        }
        Assert.That((rig.World.LinkPose("head_camera_optical_frame").Position - rig.World.CameraPose("head_camera").Position).Length, Is.LessThan(1e-6));
    });

    [Test]
    public void Look_AtACupBehindTheBin_NeverSeesIt() => Rig.Run(async rig =>
    {
        var seen = new List<string>();
        var bin = rig.World.Scene.Scene.Container("bin")!.Pose.Position;
        var behind = new Vec3(bin.X - 0.29, bin.Y + 0.20, 0.04);    // from where the robot starts, in the bin's lee
        rig.Robot.PhysicsStepped += (_, _) => rig.Put("cup_red", new(behind, Quat.Identity));
        await rig.Look(behind).Completion;
        rig.Client.Subscribe<Detection3DArray>("/detections", m => seen.AddRange(m.Detections.Select(d => d.Results[0].Hypothesis.ClassId)));

        await rig.Wait(3);

        Assert.That(seen, Does.Not.Contain("cup/red"));
    }, options: Perfect);

    [Test]
    public void Look_Away_SeesNothing() => Rig.Run(async rig =>
    {
        await rig.Look(new(2, -2.2, 1.2)).Completion;
        var detections = 0;
        rig.Client.Subscribe<Detection3DArray>("/detections", m => detections += m.Detections.Length);
        await rig.Wait(1);

        Assert.That(detections, Is.Zero);
    }, options: Perfect);

    [Test]
    public void Look_OutOfReach_IsAborted() => Rig.Run(async rig =>
        Assert.That((await rig.Look(new(0, -5, 1)).Completion).State, Is.EqualTo(GoalState.Aborted)));

    [Test]
    public void Look_InAnUnknownFrame_IsRefused() => Rig.Run(async rig =>
        Assert.That((await rig.Look(new(1, 0, 1), "moon").Completion).State, Is.EqualTo(GoalState.Rejected)));

    [Test]
    public void Detections_TenSeconds_ErrAsPromised() => Rig.Run(async rig =>
    {
        await rig.Look(Table).Completion;
        var (images, seen, errors) = (0, 0, new List<double>());
        rig.Client.Subscribe<Detection3DArray>("/detections", m =>
        {
            images++;
            var camera = rig.World.CameraPose("head_camera");
            foreach (var detection in m.Detections.Where(d => d.Results[0].Hypothesis.ClassId == "cup/red"))
            {
                var p = detection.Results[0].Pose.Pose.Position;
                var off = camera.Apply(new(p.X, p.Y, p.Z)) - rig.World.ObjectPose("cup_red").Position;
                if (off.Length > 0.05) continue;
                seen++;
                errors.AddRange([off.X, off.Y, off.Z]);
            }
        });
        await rig.Wait(30);

        Assert.That(images, Is.InRange(299, 301));
        Assert.That(seen / (double)images, Is.EqualTo(0.95).Within(0.04));
        Assert.That(Math.Sqrt(errors.Average(e => e * e)), Is.EqualTo(0.005).Within(0.0005));
    });

    [Test]
    public void CameraInfo_IsOfTheSameInstantAsTheDetections() => Rig.Run(async rig =>
    {
        var (infos, detections) = (new List<long>(), new List<long>());
        CameraInfo? info = null;
        rig.Client.Subscribe<CameraInfo>("/head_camera/camera_info", m => infos.Add((info = m).Header.Stamp.Nanoseconds));
        rig.Client.Subscribe<Detection3DArray>("/detections", m => detections.Add(m.Header.Stamp.Nanoseconds));
        await rig.Wait(1);

        Assert.That(infos, Is.EqualTo(detections).And.Count.InRange(9, 11));
        Assert.That(info!.K[0], Is.EqualTo(240 / Math.Tan(0.48)).Within(1e-6));
        Assert.That(info.Header.FrameId, Is.EqualTo("head_camera_optical_frame"));
    });
}
