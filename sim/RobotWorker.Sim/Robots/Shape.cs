using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

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
