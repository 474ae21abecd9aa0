using RobotWorker.Motion;

namespace RobotWorker.Sim.Controllers.Head;

/// <summary>Which pan and tilt make the camera look at a point. Pure.</summary>
public static class HeadAim
{
    /// <summary>
    /// Solves for pan and tilt by Gauss and Newton on the direction in the camera's frame, which works for any mounting of the camera on
    /// the two joints. The result lies within the limits and is the nearest to the target found, from <paramref name="from"/> and, since a
    /// target behind the camera can lead it astray, from starts all around.
    /// </summary>
    /// <param name="camera">Where the optical frame (z forward) is for a pan and tilt in radians.</param>
    /// <param name="target">The point, in the frame in which <paramref name="camera"/> answers.</param>
    /// <returns>Pan and tilt in radians, and the angle in radians that is left between the camera's axis and the target.</returns>
    public static (double Pan, double Tilt, double Error) Solve(
        Func<double, double, Pose> camera, Vec3 target, (double Pan, double Tilt) from, (double Lower, double Upper) pan, (double Lower, double Upper) tilt)
    {
        var best = Refine(camera, target, from, pan, tilt);
        for (var start = pan.Lower; start < pan.Upper && best.Error > OnTarget; start += StartSpacing)
        {
            var other = Refine(camera, target, (start, from.Tilt), pan, tilt);
            if (other.Error < best.Error) best = other;
        }
        return best;
    }

    private const double OnTarget = 1e-4;
    private const double StartSpacing = 0.8;

    private static (double Pan, double Tilt, double Error) Refine(
        Func<double, double, Pose> camera, Vec3 target, (double Pan, double Tilt) from, (double Lower, double Upper) pan, (double Lower, double Upper) tilt)
    {
        const double h = 1e-5;
        var (p, t) = (Math.Clamp(from.Pan, pan.Lower, pan.Upper), Math.Clamp(from.Tilt, tilt.Lower, tilt.Upper));
        for (var i = 0; i < 40; i++)
        {
            var (x, y) = Miss(camera(p, t), target);
            if (Math.Abs(x) < 1e-7 && Math.Abs(y) < 1e-7) break;
            var (xp, yp) = Miss(camera(p + h, t), target);
            var (xt, yt) = Miss(camera(p, t + h), target);
            var (dxp, dyp, dxt, dyt) = ((xp - x) / h, (yp - y) / h, (xt - x) / h, (yt - y) / h);
            // Damped, so that a target straight above (where pan does nothing) does not fling the head around.
            var (a, b, d) = ((dxp * dxp) + (dyp * dyp) + 1e-4, (dxp * dxt) + (dyp * dyt), (dxt * dxt) + (dyt * dyt) + 1e-4);
            var (gp, gt) = ((dxp * x) + (dyp * y), (dxt * x) + (dyt * y));
            var det = (a * d) - (b * b);
            p = Math.Clamp(p - Math.Clamp(((d * gp) - (b * gt)) / det, -0.5, 0.5), pan.Lower, pan.Upper);
            t = Math.Clamp(t - Math.Clamp(((a * gt) - (b * gp)) / det, -0.5, 0.5), tilt.Lower, tilt.Upper);
        }
        return (p, t, AngleTo(camera(p, t), target));
    }

    /// <summary>The angle in radians between a camera's axis (z) and a point given in the camera pose's parent frame.</summary>
    public static double AngleTo(Pose camera, Vec3 target)
    {
        var local = camera.Inverse().Apply(target);
        return Math.Atan2(local.LengthXY, local.Z);
    }

    /// <summary>Angles by which the target is off the axis, right and down: smooth all around, behind the camera as well.</summary>
    private static (double X, double Y) Miss(Pose camera, Vec3 target)
    {
        var local = camera.Inverse().Apply(target);
        return (Math.Atan2(local.X, local.Z), Math.Atan2(local.Y, Math.Sqrt((local.X * local.X) + (local.Z * local.Z))));
    }
}
