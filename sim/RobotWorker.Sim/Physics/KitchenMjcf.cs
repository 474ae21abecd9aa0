using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>The room around it all: floor, walls, light, textures and the camera of the video.</summary>
internal static class KitchenMjcf
{
    private const double WallHeight = 2.4;

    public static XElement Visual() => new("visual",
        new XElement("headlight", Mjcf.Of("ambient", 0.34, 0.34, 0.34), Mjcf.Of("diffuse", 0.18, 0.18, 0.18), Mjcf.Of("specular", 0.05, 0.05, 0.05)),
        new XElement("quality", new XAttribute("shadowsize", 2048), new XAttribute("numslices", 24), new XAttribute("numstacks", 12)),
        new XElement("map", Mjcf.Of("znear", 0.01), Mjcf.Of("zfar", 20), Mjcf.Of("shadowclip", 1)),
        new XElement("global", new XAttribute("offwidth", 1280), new XAttribute("offheight", 960)));

    public static XElement Assets(SceneDescription scene) => new("asset",
        Texture("sky", "gradient", "skybox", (0.75, 0.82, 0.9), (0.95, 0.95, 0.93), 64, 384),
        FloorTiles(scene.Looks.Floor),
        scene.Furniture.SelectMany(Wood));

    public static IEnumerable<XElement> Lights(SceneDescription scene) =>
    [
        Light("lamp", scene.Looks, new(0.5, -0.5, 3.2), new(-0.18, 0.32, -1), new(0.55, 0.53, 0.5), 0.15, castsShadow: true),
        Light("window", scene.Looks, new(2, -2, 2.5), new(-0.75, 0.5, -0.35), new(0.28, 0.29, 0.3), 0, castsShadow: false),
        Camera(scene.Overview),
    ];

    /// <summary>Floor, and walls at the back and to the right; the other two sides are open to the video's camera.</summary>
    public static IEnumerable<XElement> Room(SceneDescription scene)
    {
        var (x, y) = (scene.FloorX / 2, scene.FloorY / 2);
        yield return Solid(new("geom", new XAttribute("name", "floor"), new XAttribute("type", "plane"), Mjcf.Of("size", x, y, 0.1), new XAttribute("material", "floor_tiles")));
        yield return Wall("wall_back", new(0, y + 0.05, WallHeight / 2), new(2 * x, 0.1, WallHeight));
        yield return Wall("wall_left", new(-x - 0.05, 0, WallHeight / 2), new(0.1, 2 * y, WallHeight));
    }

    private static XElement Light(string name, SceneLooks looks, Vec3 position, Vec3 direction, Colour diffuse, double specular, bool castsShadow)
    {
        var (sin, cos) = Math.SinCos(looks.LampTurn);
        var colour = diffuse.Times(looks.Lamp);
        return new("light", new XAttribute("name", name), Mjcf.Of("pos", position),
            Mjcf.Of("dir", (cos * direction.X) - (sin * direction.Y), (sin * direction.X) + (cos * direction.Y), direction.Z), new XAttribute("directional", "true"),
            Mjcf.Of("diffuse", colour.Red, colour.Green, colour.Blue), Mjcf.Of("specular", specular, specular, specular), new XAttribute("castshadow", castsShadow));
    }

    private static IEnumerable<XElement> FloorTiles(FloorFinish floor)
    {
        yield return Texture("floor_tiles", floor.Pattern, "2d", (floor.First.Red, floor.First.Green, floor.First.Blue), (floor.Second.Red, floor.Second.Green, floor.Second.Blue), 256, 256);
        yield return new("material", new XAttribute("name", "floor_tiles"), new XAttribute("texture", "floor_tiles"), Mjcf.Of("texrepeat", floor.TilesAMetre, floor.TilesAMetre),
            new XAttribute("texuniform", "true"), Mjcf.Of("specular", 0.15), Mjcf.Of("shininess", 0.2));
    }

    private static XElement Wall(string name, Vec3 centre, Vec3 size) => Solid(new("geom", new XAttribute("name", name), new XAttribute("type", "box"),
        Mjcf.Of("pos", centre), Mjcf.Of("size", size.X / 2, size.Y / 2, size.Z / 2), Mjcf.Of("rgba", 0.88, 0.87, 0.82, 1)));

    private static XElement Solid(XElement geom)
    {
        geom.Add(new XAttribute("contype", Mjcf.World), new XAttribute("conaffinity", 0), Mjcf.Of("friction", 0.7, 0.005, 0.0001));
        return geom;
    }

    private static XElement Camera(CameraDescription camera)
    {
        var back = (camera.Position - camera.LookAt).Normalized();
        var right = Vec3.UnitZ.Cross(back).Normalized();
        var up = back.Cross(right);
        return new("camera", new XAttribute("name", "overview"), Mjcf.Of("pos", camera.Position), Mjcf.Of("xyaxes", right.X, right.Y, right.Z, up.X, up.Y, up.Z),
            Mjcf.Of("fovy", camera.FieldOfView * 180 / Math.PI));
    }

    private static XElement Texture(string name, string builtin, string type, (double R, double G, double B) first, (double R, double G, double B) second, int width, int height) =>
        new("texture", new XAttribute("name", name), new XAttribute("builtin", builtin), new XAttribute("type", type),
            Mjcf.Of("rgb1", first.R, first.G, first.B), Mjcf.Of("rgb2", second.R, second.G, second.B), new XAttribute("width", width), new XAttribute("height", height));

    private static IEnumerable<XElement> Wood(Furniture f)
    {
        var (light, dark) = (f.Colour, f.Colour.Darker(0.93));
        yield return Texture($"{f.Name}_wood", "gradient", "cube", (light.Red, light.Green, light.Blue), (dark.Red, dark.Green, dark.Blue), 64, 384);
        yield return new("material", new XAttribute("name", $"{f.Name}_wood"), new XAttribute("texture", $"{f.Name}_wood"), Mjcf.Of("specular", 0.2), Mjcf.Of("shininess", 0.3));
    }
}
