using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

/// <summary>The primitive solids that MuJoCo and URDF have in common, and the capsule.</summary>
public enum ShapeKind
{
    Box,

    /// <summary>Along its z axis.</summary>
    Cylinder,

    /// <summary>Along its z axis, with round ends beyond its length.</summary>
    Capsule,
}

/// <summary>A primitive solid, fixed in the frame of its link.</summary>
/// <param name="Size">Full extents in metres; for cylinder and capsule x and y are the diameter and z the length without the round ends.</param>
/// <param name="Pose">Of its centre.</param>
/// <param name="Solid">Touches things; else it is only seen.</param>
public sealed record Shape(ShapeKind Kind, Vec3 Size, Pose Pose, Colour Colour, bool Solid = true)
{
    /// <summary>Of the straight part, cubic metres: how a link's mass is shared among its shapes.</summary>
    public double Volume => Kind == ShapeKind.Box ? Size.X * Size.Y * Size.Z : Math.PI / 4 * Size.X * Size.X * Size.Z;

    /// <summary>Half the extents of the upright box around it, metres.</summary>
    public Vec3 HalfExtents()
    {
        var (x, y, z) = (Pose.Rotation.Rotate(new(Size.X, 0, 0)), Pose.Rotation.Rotate(new(0, Size.Y, 0)), Pose.Rotation.Rotate(new(0, 0, Size.Z)));
        return new((Math.Abs(x.X) + Math.Abs(y.X) + Math.Abs(z.X)) / 2, (Math.Abs(x.Y) + Math.Abs(y.Y) + Math.Abs(z.Y)) / 2, (Math.Abs(x.Z) + Math.Abs(y.Z) + Math.Abs(z.Z)) / 2);
    }

    /// <summary>Whether a point of the link lies in it (round shapes as the box around them).</summary>
    public bool Contains(Vec3 point)
    {
        var local = Pose.Inverse().Apply(point);
        return Math.Abs(local.X) <= Size.X / 2 && Math.Abs(local.Y) <= Size.Y / 2 && Math.Abs(local.Z) <= Size.Z / 2;
    }

    /// <summary>A cylinder or capsule between two points of the link.</summary>
    public static Shape Between(ShapeKind kind, Vec3 from, Vec3 to, double diameter, Colour colour, bool solid = true)
    {
        var along = to - from;
        var z = along.Normalized();
        var side = Math.Abs(z.X) < 0.9 ? Vec3.UnitX : Vec3.UnitY;
        var y = z.Cross(side).Normalized();
        return new(kind, new(diameter, diameter, along.Length), new((from + to) / 2, Quat.FromAxes(y.Cross(z), y, z)), colour, solid);
    }
}
