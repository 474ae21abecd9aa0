namespace RobotWorker.Motion;

/// <summary>
/// A rigid transform: where a body's frame lies in its parent's. Metres. <c>map_from_base * base_from_tool</c> gives
/// <c>map_from_tool</c>.
/// </summary>
public readonly record struct Pose(Vec3 Position, Quat Rotation)
{
    public static readonly Pose Identity = new(Vec3.Zero, Quat.Identity);

    /// <summary>A pose on the floor: metres and a heading in radians.</summary>
    public static Pose Planar(double x, double y, double yaw) => new(new(x, y, 0), Quat.FromYaw(yaw));

    /// <summary>A point of the body's frame, in the parent's.</summary>
    public Vec3 Apply(Vec3 point) => Position + Rotation.Rotate(point);

    public Pose Inverse()
    {
        var back = Rotation.Inverse();
        return new(back.Rotate(-Position), back);
    }

    public static Pose operator *(Pose a, Pose b) => new(a.Apply(b.Position), (a.Rotation * b.Rotation).Normalized());
}
