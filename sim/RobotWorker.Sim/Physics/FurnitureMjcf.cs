using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>What stands fixed, built from boxes.</summary>
internal static class FurnitureMjcf
{
    public static IEnumerable<XElement> Write(SceneDescription scene) => scene.Furniture.Select(f =>
        new XElement("body", new XAttribute("name", f.Name), Mjcf.PoseOf(f.Pose), FurnitureParts.Of(f).Select(p => Geom(f, p))));

    private static XElement Geom(Furniture f, FurniturePart part) => new("geom", new XAttribute("type", "box"),
        Mjcf.Of("size", part.Size.X / 2, part.Size.Y / 2, part.Size.Z / 2), Mjcf.PoseOf(new(part.Centre, Quat.Identity)),
        part.IsWood ? new XAttribute("material", $"{f.Name}_wood") : Mjcf.Rgba(part.Shade == 1 ? f.Colour : f.Colour.Darker(part.Shade)),
        new XAttribute("contype", Mjcf.World), new XAttribute("conaffinity", 0), Mjcf.Of("friction", 0.6, 0.005, 0.0001), Mjcf.Of("solref", 0.006, 1));
}
