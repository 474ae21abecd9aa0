using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>The loose objects: free bodies with rolling friction, so that a cup that falls over does not roll off the table.</summary>
internal static class ObjectMjcf
{
    public static IEnumerable<XElement> Write(SceneInstance scene) => scene.Objects.Select(placed =>
    {
        var o = placed.Object;
        return new XElement("body", new XAttribute("name", o.Name), Mjcf.PoseOf(placed.Pose), new XElement("freejoint", new XAttribute("name", $"{o.Name}_free")),
            Solid(placed), Looks(o));
    });

    private static XElement Solid(PlacedObject placed)
    {
        var o = placed.Object;
        return new("geom", new XAttribute("type", o.Shape == ObjectShape.Cylinder ? "cylinder" : "box"),
            o.Shape == ObjectShape.Cylinder ? Mjcf.Of("size", o.Size.X / 2, o.Size.Z / 2) : Mjcf.Of("size", o.Size.X / 2, o.Size.Y / 2, o.Size.Z / 2),
            Mjcf.Of("mass", placed.Mass), new XAttribute("contype", Mjcf.Object), new XAttribute("conaffinity", Mjcf.World | Mjcf.Object | Mjcf.Robot),
            new XAttribute("condim", 6), Mjcf.Of("friction", placed.Friction, 0.01, o.RollingFriction), Mjcf.Of("solref", 0.006, 1), Mjcf.Rgba(o.Colour));
    }

    // A cup shows what is in it, a can its lid and a band: seen, never touched, and without mass.
    private static IEnumerable<XElement> Looks(SceneObject o)
    {
        if (o.Shape != ObjectShape.Cylinder) return [];
        var (radius, half) = (o.Size.X / 2, o.Size.Z / 2);
        return o.Type == "can"
            ? [Disc(radius * 0.92, half, 0.001, new(0.78, 0.79, 0.8)), Disc(radius * 1.005, 0, half * 0.25, new(0.93, 0.92, 0.86))]
            : [Disc(radius * 0.86, half, 0.001, new(0.16, 0.1, 0.07))];
    }

    private static XElement Disc(double radius, double z, double half, Colour colour) =>
        Mjcf.Geom(new(ShapeKind.Cylinder, new(2 * radius, 2 * radius, 2 * half), new(new(0, 0, z), Quat.Identity), colour, Solid: false), 0, 0, 0);
}
