using RobotWorker.Motion;
using RobotWorker.MuJoCo;

namespace RobotWorker.Sim.Physics;

/// <summary>Poses of named bodies, sites and cameras as <see cref="Pose"/>s.</summary>
internal sealed class Frames(MjModel model, MjData data)
{
    public Pose Of(string name)
    {
        if (model.TryId(MjObject.Site, name, out var site)) return FromMatrix(data.SitePosition(site), data.SiteMatrix(site));
        return Body(model.Id(MjObject.Body, name));
    }

    public Pose Body(int body)
    {
        var p = data.BodyPosition(body);
        var q = data.BodyQuaternion(body);
        return new(new(p[0], p[1], p[2]), new(q[1], q[2], q[3], q[0]));
    }

    /// <summary>MuJoCo's cameras look along -z with y up; optical frames along z with y down.</summary>
    public Pose OfCamera(string name)
    {
        var camera = model.Id(MjObject.Camera, name);
        return FromMatrix(data.CameraPosition(camera), data.CameraMatrix(camera)) * new Pose(Vec3.Zero, new(1, 0, 0, 0));
    }

    private static Pose FromMatrix(ReadOnlySpan<double> p, ReadOnlySpan<double> m) =>
        new(new(p[0], p[1], p[2]), Quat.FromAxes(new(m[0], m[3], m[6]), new(m[1], m[4], m[7]), new(m[2], m[5], m[8])));
}
