namespace RobotWorker.Motion;

/// <summary>A unit quaternion (Hamilton convention, as ROS): the rotation from a body's frame into its parent's.</summary>
public readonly record struct Quat(double X, double Y, double Z, double W)
{
    public static readonly Quat Identity = new(0, 0, 0, 1);

    /// <summary>Rotation by <paramref name="angle"/> radians about a unit axis, right-handed.</summary>
    public static Quat FromAxisAngle(Vec3 axis, double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        var unit = axis.Normalized();
        return new(unit.X * sin, unit.Y * sin, unit.Z * sin, cos);
    }

    /// <summary>Fixed-axis roll, pitch, yaw in radians, as URDF's <c>rpy</c> (yaw is applied last).</summary>
    public static Quat FromRpy(double roll, double pitch, double yaw) =>
        FromAxisAngle(Vec3.UnitZ, yaw) * FromAxisAngle(Vec3.UnitY, pitch) * FromAxisAngle(Vec3.UnitX, roll);

    public static Quat FromYaw(double yaw) => FromAxisAngle(Vec3.UnitZ, yaw);

    /// <summary>From the columns of a rotation matrix: where the body's axes point in the parent's frame.</summary>
    public static Quat FromAxes(Vec3 x, Vec3 y, Vec3 z)
    {
        var trace = x.X + y.Y + z.Z;
        if (trace > 0)
        {
            var s = Math.Sqrt(trace + 1) * 2;
            return new Quat((y.Z - z.Y) / s, (z.X - x.Z) / s, (x.Y - y.X) / s, s / 4).Normalized();
        }
        if (x.X > y.Y && x.X > z.Z)
        {
            var s = Math.Sqrt(1 + x.X - y.Y - z.Z) * 2;
            return new Quat(s / 4, (y.X + x.Y) / s, (z.X + x.Z) / s, (y.Z - z.Y) / s).Normalized();
        }
        if (y.Y > z.Z)
        {
            var s = Math.Sqrt(1 + y.Y - x.X - z.Z) * 2;
            return new Quat((y.X + x.Y) / s, s / 4, (z.Y + y.Z) / s, (z.X - x.Z) / s).Normalized();
        }
        else
        {
            var s = Math.Sqrt(1 + z.Z - x.X - y.Y) * 2;
            return new Quat((z.X + x.Z) / s, (z.Y + y.Z) / s, s / 4, (x.Y - y.X) / s).Normalized();
        }
    }

    public Quat Inverse() => new(-X, -Y, -Z, W);

    public Quat Normalized()
    {
        var length = Math.Sqrt((X * X) + (Y * Y) + (Z * Z) + (W * W));
        return length > 1e-12 ? new(X / length, Y / length, Z / length, W / length) : Identity;
    }

    /// <summary>Turns a vector from the body's frame into the parent's.</summary>
    public Vec3 Rotate(Vec3 v)
    {
        var u = new Vec3(X, Y, Z);
        var t = 2 * u.Cross(v);
        return v + (W * t) + u.Cross(t);
    }

    /// <summary>Heading about the vertical, in radians in (-pi, pi].</summary>
    public double Yaw => Math.Atan2(2 * ((W * Z) + (X * Y)), 1 - (2 * ((Y * Y) + (Z * Z))));

    /// <summary>The rotation as an axis times an angle in radians (0 to pi).</summary>
    public Vec3 ToRotationVector()
    {
        var q = W < 0 ? new Quat(-X, -Y, -Z, -W) : this;
        var v = new Vec3(q.X, q.Y, q.Z);
        var sin = v.Length;
        return sin < 1e-12 ? 2 * v : v * (2 * Math.Atan2(sin, q.W) / sin);
    }

    public static Quat operator *(Quat a, Quat b) => new(
        (a.W * b.X) + (a.X * b.W) + (a.Y * b.Z) - (a.Z * b.Y),
        (a.W * b.Y) - (a.X * b.Z) + (a.Y * b.W) + (a.Z * b.X),
        (a.W * b.Z) + (a.X * b.Y) - (a.Y * b.X) + (a.Z * b.W),
        (a.W * b.W) - (a.X * b.X) - (a.Y * b.Y) - (a.Z * b.Z));
}
