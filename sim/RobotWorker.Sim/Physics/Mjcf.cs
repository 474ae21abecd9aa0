using System.Globalization;
using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Physics;

/// <summary>How numbers, poses and shapes are written in MJCF (XML reference of MuJoCo 2.2; nothing that later versions refuse).</summary>
internal static class Mjcf
{
    // Who touches whom (contype meets conaffinity): loose objects touch everything, the robot touches the world, its hand its own body.
    public const int World = 1, Object = 2, Robot = 4, RobotBody = 8;

    public static string Numbers(params ReadOnlySpan<double> values)
    {
        var text = new string[values.Length];
        for (var i = 0; i < values.Length; i++) text[i] = Math.Round(values[i], 9).ToString("0.#########", CultureInfo.InvariantCulture);
        return string.Join(' ', text);
    }

    public static XAttribute Of(string name, params ReadOnlySpan<double> values) => new(name, Numbers(values));

    public static XAttribute Of(string name, Vec3 v) => Of(name, v.X, v.Y, v.Z);

    public static IEnumerable<XAttribute> PoseOf(Pose pose)
    {
        if (pose.Position != Vec3.Zero) yield return Of("pos", pose.Position);
        var q = pose.Rotation;
        if (q != Quat.Identity) yield return Of("quat", q.W, q.X, q.Y, q.Z);
    }

    public static XAttribute Rgba(Colour c) => Of("rgba", c.Red, c.Green, c.Blue, 1);

    /// <summary>A shape as a geom; MJCF counts half lengths and radii.</summary>
    public static XElement Geom(Shape shape, double? mass, int type, int affinity)
    {
        var s = shape.Size;
        return new("geom", Type(shape.Kind),
            shape.Kind == ShapeKind.Box ? Of("size", s.X / 2, s.Y / 2, s.Z / 2) : Of("size", s.X / 2, s.Z / 2),
            PoseOf(shape.Pose), Rgba(shape.Colour), new XAttribute("contype", shape.Solid ? type : 0), new XAttribute("conaffinity", shape.Solid ? affinity : 0),
            mass is { } kilograms ? Of("mass", kilograms) : null);
    }

    /// <summary>Shapes that share a mass by their volume.</summary>
    public static IEnumerable<XElement> Geoms(IReadOnlyCollection<Shape> shapes, double mass, int type, int affinity)
    {
        var volume = shapes.Sum(s => s.Volume);
        return shapes.Select(s => Geom(s, mass * s.Volume / volume, type, affinity));
    }

    private static XAttribute Type(ShapeKind kind) => new("type", kind switch
    {
        ShapeKind.Box => "box",
        ShapeKind.Cylinder => "cylinder",
        ShapeKind.Capsule => "capsule",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });
}
