using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Time;

namespace RobotWorker.Sim.Sensors;

/// <summary>The head's camera with its detector: looks, errs, and publishes /head_camera/camera_info and /detections of one instant.</summary>
internal sealed class HeadCamera : IDisposable
{
    private const double NearMetres = 0.15;

    private readonly SimWorld world;
    private readonly PinholeCamera camera;
    private readonly GeometricDetector detector;
    private readonly DetectionCorrupter corrupter;
    private readonly DetectorNoise noise;
    private readonly RandomStream scatter;
    private readonly IPublisher<CameraInfo> infos;
    private readonly IPublisher<Detection3DArray> detections;
    private IReadOnlyList<Sighting>? last;

    public HeadCamera(IRosConnection ros, SimWorld world, HeadDescription head, DetectorNoise detectorNoise, SensorErrors sensors)
    {
        (this.world, noise) = (world, detectorNoise.Times(sensors.Factor));
        camera = PinholeCamera.WithField(head.ImageWidth, head.ImageHeight, head.FieldOfView, NearMetres, head.Range);
        detector = new(camera);
        var kinds = world.Scene.Objects.Select(o => (o.Object.Class, o.Object.Size)).ToImmutableArray();
        corrupter = new(noise, camera, kinds, sensors.Seed, sensors.Episode);
        scatter = sensors.Chance("detector/scatter");
        infos = ros.Advertise<CameraInfo>("/head_camera/camera_info");
        detections = ros.Advertise<Detection3DArray>("/detections");
    }

    /// <summary>Looks, and tells. A camera that gives no image tells nothing; one that is frozen gives the same image again, with a new stamp.</summary>
    public void Publish(RobotTime now)
    {
        if (world.Impairment.CameraSilent) return;
        if (!world.Impairment.CameraFrozen || last is null) last = Look();
        var header = new Ros.Messages.StdMsgs.Header { Stamp = now.ToMessage(), FrameId = PointHeadServer.CameraFrame };
        infos.Publish(DetectionMessages.Info(header, camera));
        detections.Publish(DetectionMessages.Detections(header, last, noise));
    }

    public void Dispose()
    {
        infos.Dispose();
        detections.Dispose();
    }

    private IReadOnlyList<Sighting> Look()
    {
        var objects = world.Scene.Objects.Select(o => new SensedObject(o.Name, o.Object.Class, world.ObjectPose(o.Name), o.Object.Size)).ToList();
        var seen = corrupter.Corrupt(detector.Look(world.CameraPose("head_camera"), objects, world.VisibleShare));
        return world.Impairment.CameraSigma is > 0 and var sigma ? [.. seen.Select(sighting => Scattered(sighting, sigma))] : seen;
    }

    private Sighting Scattered(Sighting seen, double sigma) => seen with
    {
        Pose = seen.Pose with { Position = seen.Pose.Position + new Vec3(scatter.Normal(sigma), scatter.Normal(sigma), scatter.Normal(sigma)) },
    };
}
