using RobotWorker.Motion;
using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Video;

/// <summary>Where a camera was in each frame: taken where the picture is, so that both are of the same state.</summary>
internal sealed class CameraTrack(MjModel model, string camera)
{
    private readonly int id = model.Id(MjObject.Camera, camera);
    private readonly List<double> poses = [];
    private Quat before = Quat.Identity;

    /// <summary>Seven numbers a frame: position, and quaternion with w last, of the optical frame in <c>map</c>.</summary>
    public double[] Poses => [.. poses];

    public void Add(MjData data)
    {
        var p = data.CameraPosition(id);
        var q = OpticalFrame.Rotation(data.CameraMatrix(id));
        // A rotation has two quaternions: the one nearer to the last, so that they can be interpolated.
        if ((q.X * before.X) + (q.Y * before.Y) + (q.Z * before.Z) + (q.W * before.W) < 0) q = new(-q.X, -q.Y, -q.Z, -q.W);
        before = q;
        poses.AddRange([p[0], p[1], p[2], q.X, q.Y, q.Z, q.W]);
    }
}
