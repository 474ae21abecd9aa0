using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
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

    // Half a step of physics: a moment is counted in steps, and their sum in floating point is not exact.
    private const double RoundingSeconds = SimWorld.StepSeconds / 2;

    private readonly SimWorld world;
    private readonly PinholeCamera camera;
    private readonly GeometricDetector detector;
    private readonly DetectionCorrupter corrupter;
    private readonly DetectorNoise noise;
    private readonly RandomStream scatter;
    private readonly IPublisher<CameraInfo> infos;
    private readonly IPublisher<Detection3DArray> detections;
    private readonly Queue<Picture> onTheWay = new();
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

    /// <summary>
    /// Looks, and tells. A camera that gives no image tells nothing; one that is frozen gives the same image again, with a new stamp; one that is late tells later what it saw,
    /// with the stamp of then. Once it is in time again it has dropped what was on the way.
    /// </summary>
    public void Publish(RobotTime now)
    {
        var (wrong, seconds) = (world.Impairment, world.TimeSeconds);
        if (wrong.CameraDelay == 0) onTheWay.Clear();
        if (!wrong.CameraSilent) onTheWay.Enqueue(Take(now, seconds));
        while (onTheWay.TryPeek(out var oldest) && oldest.TakenSeconds + wrong.CameraDelay <= seconds + RoundingSeconds) Tell(onTheWay.Dequeue());
    }

    public void Dispose()
    {
        infos.Dispose();
        detections.Dispose();
    }

    private Picture Take(RobotTime now, double seconds)
    {
        if (!world.Impairment.CameraFrozen || last is null) last = Look();
        return new(seconds, new() { Stamp = now.ToMessage(), FrameId = PointHeadServer.CameraFrame }, last);
    }

    private void Tell(Picture picture)
    {
        infos.Publish(DetectionMessages.Info(picture.Header, camera));
        detections.Publish(DetectionMessages.Detections(picture.Header, picture.Seen, noise));
    }

    private IReadOnlyList<Sighting> Look()
    {
        var objects = world.Scene.Objects.Select(o => new SensedObject(o.Name, o.Object.Class, world.ObjectPose(o.Name), o.Object.Size)).ToList();
        var seen = corrupter.Corrupt(detector.Look(Looking(), objects, world.VisibleShare));
        return world.Impairment.CameraSigma is > 0 and var sigma ? [.. seen.Select(sighting => Scattered(sighting, sigma))] : seen;
    }

    /// <summary>The optical frame in <c>map</c> as it truly is: its y axis points down, about which a camera that was knocked is turned.</summary>
    private Pose Looking()
    {
        var believed = world.CameraPose("head_camera");
        return world.Impairment.CameraAngle == 0 ? believed : believed * new Pose(Vec3.Zero, Quat.FromAxisAngle(Vec3.UnitY, -world.Impairment.CameraAngle));
    }

    private Sighting Scattered(Sighting seen, double sigma) => seen with
    {
        Pose = seen.Pose with { Position = seen.Pose.Position + new Vec3(scatter.Normal(sigma), scatter.Normal(sigma), scatter.Normal(sigma)) },
    };

    /// <summary>What one image shows.</summary>
    /// <param name="TakenSeconds">When it was taken, simulated seconds.</param>
    private sealed record Picture(double TakenSeconds, Header Header, IReadOnlyList<Sighting> Seen);
}
