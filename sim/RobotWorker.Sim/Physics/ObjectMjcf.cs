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

    // A box meets everything as itself. A cylinder meets fingers and other objects as one, but the furniture with a ring of beads at either end: MuJoCo's
    // general convex collision of cylinder and box gives a standing cup few and jumping contacts (one wandered over the table, sunk in by 4 mm),
    // that of sphere and box is exact. Lying, it rolls from bead to bead like a hexagon and soon stops.
    private const int Beads = 6;
    private const double BeadRadius = 0.004;

    private static IEnumerable<XElement> Solid(PlacedObject placed)
    {
        var o = placed.Object;
        var friction = Mjcf.Of("friction", placed.Friction, 0.01, o.RollingFriction);
        if (o.Shape == ObjectShape.Box)
        {
            yield return new("geom", new XAttribute("type", "box"), Mjcf.Of("size", o.Size.X / 2, o.Size.Y / 2, o.Size.Z / 2), Mjcf.Of("mass", placed.Mass),
                Touching(Mjcf.Object, Mjcf.World | Mjcf.Object | Mjcf.Robot), friction, Stiff(), Mjcf.Rgba(o.Colour));
            yield break;
        }
        yield return new("geom", new XAttribute("type", "cylinder"), Mjcf.Of("size", o.Size.X / 2, o.Size.Z / 2), Mjcf.Of("mass", placed.Mass),
            Touching(Mjcf.Object, Mjcf.Object | Mjcf.Robot), friction, Stiff(), Mjcf.Rgba(o.Colour));
        foreach (var end in new[] { -1, 1 })
            for (var i = 0; i < Beads; i++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * i / Beads);
                var radius = (o.Size.X / 2) - BeadRadius;
                yield return new("geom", new XAttribute("type", "sphere"), Mjcf.Of("size", BeadRadius), Mjcf.Of("pos", radius * cos, radius * sin, end * ((o.Size.Z / 2) - BeadRadius)),
                    Mjcf.Of("mass", 0), Touching(0, Mjcf.World), friction, Stiff(), Mjcf.Rgba(o.Colour), new XAttribute("group", 3));
            }
    }

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
