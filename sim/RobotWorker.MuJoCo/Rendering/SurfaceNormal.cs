namespace RobotWorker.MuJoCo.Rendering;

/// <summary>The outward direction of a geom's surface at a point. MuJoCo's rays tell it only from 3.5 on.</summary>
internal static class SurfaceNormal
{
    public static void At(MjModel model, MjData data, int geom, ReadOnlySpan<double> hit, ReadOnlySpan<double> ray, Span<double> normal)
    {
        var position = data.GeomPosition(geom);
        var m = data.GeomMatrix(geom);
        Span<double> p = stackalloc double[3];
        for (var i = 0; i < 3; i++)
            p[i] = m[i] * (hit[0] - position[0]) + m[3 + i] * (hit[1] - position[1]) + m[6 + i] * (hit[2] - position[2]);

        Span<double> n = stackalloc double[3];
        Local(model.GeomType(geom), model.GeomSize(geom), p, n);
        var length = Math.Sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        for (var i = 0; i < 3; i++)
            normal[i] = length > 0 ? (m[3 * i] * n[0] + m[3 * i + 1] * n[1] + m[3 * i + 2] * n[2]) / length : -ray[i];
    }

    // A mesh or height field has no formula: zero, which the caller turns into "towards the eye".
    private static void Local(MjGeomType type, ReadOnlySpan<double> size, ReadOnlySpan<double> p, Span<double> n)
    {
        n.Clear();
        switch (type)
        {
            case MjGeomType.Plane:
                n[2] = 1;
                break;
            case MjGeomType.Sphere:
                p.CopyTo(n);
                break;
            case MjGeomType.Capsule:
                (n[0], n[1], n[2]) = (p[0], p[1], p[2] - Math.Clamp(p[2], -size[1], size[1]));
                break;
            case MjGeomType.Ellipsoid:
                for (var i = 0; i < 3; i++) n[i] = p[i] / (size[i] * size[i]);
                break;
            case MjGeomType.Cylinder when size[1] - Math.Abs(p[2]) < size[0] - Math.Sqrt(p[0] * p[0] + p[1] * p[1]):
                n[2] = Math.Sign(p[2]);
                break;
            case MjGeomType.Cylinder:
                (n[0], n[1]) = (p[0], p[1]);
                break;
            case MjGeomType.Box:
                var nearest = 0;
                for (var i = 1; i < 3; i++)
                    if (size[i] - Math.Abs(p[i]) < size[nearest] - Math.Abs(p[nearest])) nearest = i;
                n[nearest] = Math.Sign(p[nearest]);
                break;
        }
    }
}
