using System.Collections.Immutable;
using RobotWorker.Generation.Video;
using RobotWorker.Motion;
using RobotWorker.MuJoCo;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Generation.Generate;

/// <summary>How a camera of the simulated world sees, and what it is mounted on.</summary>
internal static class CameraMount
{
    // Of metres and of directions: what is below comes of rounding, and would make a 0 unreadable.
    private const int Digits = 12;

    /// <param name="depthLimit">In millimetres.</param>
    public static CameraCalibration Of(SimWorld world, string camera, int depthLimit)
    {
        var model = world.Model;
        var id = model.Id(MjObject.Camera, camera);
        var body = model.CameraBody(id);
        var stands = model.BodyWeld(body) == 0;
        var pose = stands ? world.CameraPose(camera) : InBody(model.CameraPosition(id), model.CameraQuaternion(id));
        return new(double.DegreesToRadians(model.CameraFovyDegrees[id]), stands ? "map" : model.Name(MjObject.Body, body) ?? "", Matrix(pose), depthLimit);
    }

    private static Pose InBody(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => new(new(p[0], p[1], p[2]), new Quat(q[1], q[2], q[3], q[0]) * OpticalFrame.Turn);

    private static ImmutableArray<double> Matrix(Pose pose)
    {
        var (x, y, z, at) = (pose.Rotation.Rotate(Vec3.UnitX), pose.Rotation.Rotate(Vec3.UnitY), pose.Rotation.Rotate(Vec3.UnitZ), pose.Position);
        // Adding 0 makes 0 of -0.
        return [.. new[] { x.X, y.X, z.X, at.X, x.Y, y.Y, z.Y, at.Y, x.Z, y.Z, z.Z, at.Z, 0, 0, 0, 1 }.Select(v => Math.Round(v, Digits) + 0.0)];
    }
}
