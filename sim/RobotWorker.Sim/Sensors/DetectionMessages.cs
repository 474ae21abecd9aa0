using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Sim.Node;

namespace RobotWorker.Sim.Sensors;

/// <summary>Sightings and cameras as ROS messages.</summary>
internal static class DetectionMessages
{
    /// <summary>One image's detections. They carry no id: which object of the world it is, is for the one who reads them to conclude.</summary>
    public static Detection3DArray Detections(Header header, IReadOnlyList<Sighting> sightings, DetectorNoise noise)
    {
        var covariance = Covariance(noise);
        return new()
        {
            Header = header,
            Detections = [.. sightings.Select(s => new Detection3D
            {
                Header = header,
                Results =
                [
                    new()
                    {
                        Hypothesis = new() { ClassId = s.Class, Score = s.Score },
                        Pose = new() { Pose = s.Pose.ToMessage(), Covariance = covariance },
                    },
                ],
                Bbox = new() { Center = s.Pose.ToMessage(), Size = s.Size.ToVector3() },
            })],
        };
    }

    /// <summary>The camera that the detections were made with; <c>plumb_bob</c> with all zero is "no distortion".</summary>
    public static CameraInfo Info(Header header, PinholeCamera camera) => new()
    {
        Header = header,
        Height = (uint)camera.Height,
        Width = (uint)camera.Width,
        DistortionModel = "plumb_bob",
        D = [0, 0, 0, 0, 0],
        K = [camera.Fx, 0, camera.Cx, 0, camera.Fy, camera.Cy, 0, 0, 1],
        R = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        P = [camera.Fx, 0, camera.Cx, 0, 0, camera.Fy, camera.Cy, 0, 0, 0, 1, 0],
    };

    /// <summary>Row-major 6 x 6 over x, y, z and rotation about x, y, z, as ROS orders it.</summary>
    private static ImmutableArray<double> Covariance(DetectorNoise noise)
    {
        var covariance = new double[36];
        for (var i = 0; i < 3; i++)
        {
            covariance[i * 7] = noise.PositionMetres * noise.PositionMetres;
            covariance[(i + 3) * 7] = noise.RotationRadians * noise.RotationRadians;
        }
        return [.. covariance];
    }
}
