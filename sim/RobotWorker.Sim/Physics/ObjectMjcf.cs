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

    // Objects meet fingers and each other as what they are, but the furniture by round parts: MuJoCo's collisions of cylinder and box, and of box and box, are not to be trusted there.
    // - A cylinder has a ring of beads at either end: the general convex collision gives a standing cup few and jumping contacts (one wandered over the table, sunk in by 4 mm).
    //   Lying, it rolls from bead to bead like a hexagon and soon stops.
    // - A box has rods along its edges: on furniture that is turned by a quarter, MuJoCo 2.2.2 takes the furniture's own corners, a metre away, for contacts of a small box, and throws
    //   it to the ceiling (one placing in fifty). With rods a box also lies on the rim of a bin.
    private const int Beads = 6;
    private const double BeadRadius = 0.004;

    private static IEnumerable<XElement> Solid(PlacedObject placed)
    {
        var o = placed.Object;
        var friction = Mjcf.Of("friction", placed.Friction, 0.01, o.RollingFriction);
        yield return new("geom", o.Shape == ObjectShape.Box ? new XAttribute("type", "box") : new XAttribute("type", "cylinder"),
            o.Shape == ObjectShape.Box ? Mjcf.Of("size", o.Size.X / 2, o.Size.Y / 2, o.Size.Z / 2) : Mjcf.Of("size", o.Size.X / 2, o.Size.Z / 2), Mjcf.Of("mass", placed.Mass),
            Touching(Mjcf.Object, Mjcf.Object | Mjcf.Robot), friction, Stiff(), Mjcf.Rgba(o.Colour));
        foreach (var part in o.Shape == ObjectShape.Box ? Rods(o.Size) : Ring(o.Size))
        {
            part.Add(Mjcf.Of("mass", 0), Touching(0, Mjcf.World), friction, Stiff(), Mjcf.Rgba(o.Colour), new XAttribute("group", 3));
            yield return part;
        }
    }

    private static IEnumerable<XElement> Ring(Vec3 size)
    {
        foreach (var end in new[] { -1, 1 })
            for (var i = 0; i < Beads; i++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * i / Beads);
                var radius = (size.X / 2) - BeadRadius;
                yield return new("geom", new XAttribute("type", "sphere"), Mjcf.Of("size", BeadRadius), Mjcf.Of("pos", radius * cos, radius * sin, end * ((size.Z / 2) - BeadRadius)));
            }
    }

    private static IEnumerable<XElement> Rods(Vec3 size)
    {
        var radius = Math.Min(BeadRadius, Math.Min(size.X, Math.Min(size.Y, size.Z)) / 4);
        var (x, y, z) = ((size.X / 2) - radius, (size.Y / 2) - radius, (size.Z / 2) - radius);
        foreach (var (a, b) in new[] { (-1, -1), (-1, 1), (1, -1), (1, 1) })
        {
            yield return Rod(radius, new(-x, a * y, b * z), new(x, a * y, b * z));
            yield return Rod(radius, new(a * x, -y, b * z), new(a * x, y, b * z));
            yield return Rod(radius, new(a * x, b * y, -z), new(a * x, b * y, z));
        }
    }

    private static XElement Rod(double radius, Vec3 from, Vec3 to) =>
        new("geom", new XAttribute("type", "capsule"), Mjcf.Of("size", radius), Mjcf.Of("fromto", from.X, from.Y, from.Z, to.X, to.Y, to.Z));

    private static XAttribute[] Touching(int type, int affinity) => [new("contype", type), new("conaffinity", affinity), new("condim", type == 0 ? 6 : 4)];

    private static XAttribute Stiff() => Mjcf.Of("solref", 0.006, 1);

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
