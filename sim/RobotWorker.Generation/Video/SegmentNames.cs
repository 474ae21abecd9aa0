using System.Collections.Immutable;
using System.Xml.Linq;
using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Video;

/// <summary>
/// What a segmentation tells apart: each body by its name (an object, a piece of furniture, a link of the robot), and of the room itself each part that has a name (floor, walls).
/// </summary>
internal static class SegmentNames
{
    /// <summary>The names of a world, in the order in which they are written there: their ids count from 1.</summary>
    public static ImmutableArray<string> Of(string mjcf)
    {
        var world = XElement.Parse(mjcf).Element("worldbody")!;
        return [.. world.Elements("geom").Concat(world.Descendants("body")).Select(e => (string?)e.Attribute("name")).OfType<string>()];
    }

    /// <summary>The id of each geom.</summary>
    /// <exception cref="InvalidDataException">A geom belongs to nothing that has one.</exception>
    public static ushort[] Ids(MjModel model, ImmutableArray<string> names) => [.. Enumerable.Range(0, model.Ngeom).Select(geom =>
    {
        var body = model.GeomBody(geom);
        var name = body == 0 ? model.Name(MjObject.Geom, geom) : model.Name(MjObject.Body, body);
        var place = name is null ? -1 : names.IndexOf(name);
        return place >= 0 ? (ushort)(place + 1) : throw new InvalidDataException($"the segmentation has no id for '{name}', which is in the world");
    })];
}
