using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>A distribution of worlds: what stands fixed, and what lies where within which ranges. Metres, radians, kilograms; poses in <c>map</c>.</summary>
/// <param name="RobotFile">Path of the robot's YAML file, relative to the scene's.</param>
/// <param name="FloorX">Length of the floor along x, centred on the map's origin.</param>
/// <param name="FloorY">Length of the floor along y.</param>
/// <param name="Start">Where the robot begins.</param>
/// <param name="Overview">The camera of the video.</param>
public sealed record SceneDescription(
    string Name, string RobotFile, double FloorX, double FloorY, PlanarPose Start, CameraDescription Overview,
    ImmutableArray<Furniture> Furniture, ImmutableArray<Surface> Surfaces, ImmutableArray<Container> Containers, ImmutableArray<StandingPlace> Places,
    ImmutableArray<SceneObject> Objects, SceneVariation Variation)
{
    /// <summary>Lights and floor.</summary>
    public SceneLooks Looks { get; init; } = SceneLooks.Standard;

    public Surface? Surface(string name) => Surfaces.FirstOrDefault(s => s.Name == name);

    public Container? Container(string name) => Containers.FirstOrDefault(c => c.Name == name);

    public StandingPlace? Place(string name) => Places.FirstOrDefault(p => p.Name == name);

    public SceneObject? Object(string name) => Objects.FirstOrDefault(o => o.Name == name);
}

/// <summary>A pose on the floor: metres and a heading in radians.</summary>
public readonly record struct PlanarPose(double X, double Y, double Yaw)
{
    public Pose ToPose() => Pose.Planar(X, Y, Yaw);

    public PlanarPose Inverse()
    {
        var (sin, cos) = Math.SinCos(Yaw);
        return new((-cos * X) - (sin * Y), (sin * X) - (cos * Y), -Yaw);
    }

    /// <summary>As with <see cref="Pose"/>: <c>map_from_odom * odom_from_base</c> is <c>map_from_base</c>. Yaw is not wrapped.</summary>
    public static PlanarPose operator *(PlanarPose a, PlanarPose b)
    {
        var (sin, cos) = Math.SinCos(a.Yaw);
        return new(a.X + (cos * b.X) - (sin * b.Y), a.Y + (sin * b.X) + (cos * b.Y), a.Yaw + b.Yaw);
    }
}

/// <param name="FieldOfView">Vertical, radians.</param>
public sealed record CameraDescription(Vec3 Position, Vec3 LookAt, double FieldOfView);

/// <summary>What a piece of furniture is built as.</summary>
public enum FurnitureKind
{
    /// <summary>A solid box on the floor (or at a height): counter, cupboard, fridge, wall.</summary>
    Box,

    /// <summary>A top on four legs.</summary>
    Table,

    /// <summary>Boards between two sides before a back; the topmost board is open above.</summary>
    Shelf,

    /// <summary>A box without a lid.</summary>
    Bin,
}

/// <summary>Something that stands fixed. Its front is at negative y of its own frame, its origin in the middle of its footprint on the floor.</summary>
/// <param name="Size">x along the front, y deep, z high.</param>
/// <param name="Bottom">Height of its lower side above the floor (a wall cupboard hangs).</param>
public sealed record Furniture(string Name, FurnitureKind Kind, PlanarPose At, Vec3 Size, double Bottom, Colour Colour)
{
    public Pose Pose => new(new(At.X, At.Y, Bottom), Quat.FromYaw(At.Yaw));
}

/// <summary>A named level area on which things stand.</summary>
/// <param name="Pose">Its centre in the map; x along the front, y to the back.</param>
/// <param name="SizeX">Along the front.</param>
/// <param name="SizeY">Deep.</param>
public sealed record Surface(string Name, string Furniture, Pose Pose, double SizeX, double SizeY)
{
    public double Height => Pose.Position.Z;

    /// <summary>Whether a point lies above the area (its own frame's x and y).</summary>
    public bool Spans(Vec3 point)
    {
        var local = Pose.Inverse().Apply(point);
        return Math.Abs(local.X) <= SizeX / 2 && Math.Abs(local.Y) <= SizeY / 2;
    }
}

/// <summary>An open box: what is within its walls and below its rim is in it.</summary>
/// <param name="Pose">Of the middle of its inner floor, in the map.</param>
/// <param name="Size">Of the inside, up to the rim.</param>
public sealed record Container(string Name, string Furniture, Pose Pose, Vec3 Size)
{
    public bool Holds(Vec3 point)
    {
        var local = Pose.Inverse().Apply(point);
        return Math.Abs(local.X) <= Size.X / 2 && Math.Abs(local.Y) <= Size.Y / 2 && local.Z >= -0.01 && local.Z <= Size.Z;
    }
}

/// <summary>Where the base stands to work at a surface or container.</summary>
/// <param name="Serves">The surface or container, or null.</param>
public sealed record StandingPlace(string Name, PlanarPose At, string? Serves);

/// <summary>What an object is built as.</summary>
public enum ObjectShape
{
    /// <summary>Upright along its z axis.</summary>
    Cylinder,
    Box,
}

/// <summary>Something that can be moved, and where it may lie at the beginning.</summary>
/// <param name="Class">What a detector calls it: <c>cup/red</c>.</param>
/// <param name="Type">The plan's type: <c>cup</c>.</param>
/// <param name="Size">Full extents when it stands upright; for a cylinder x and y are the diameter.</param>
/// <param name="RollingFriction">Metres.</param>
/// <param name="On">The surface.</param>
/// <param name="X">Range on the surface, along its front.</param>
/// <param name="Y">Range on the surface, to its back.</param>
/// <param name="Yaw">Range, radians.</param>
public sealed record SceneObject(
    string Name, string Class, string Type, ObjectShape Shape, Vec3 Size, double Mass, double Friction, double RollingFriction, Colour Colour, string On,
    Interval X, Interval Y, Interval Yaw)
{
    /// <summary>Radius of the upright cylinder around it.</summary>
    public double Radius => Shape == ObjectShape.Cylinder ? Size.X / 2 : new Vec3(Size.X, Size.Y, 0).Length / 2;
}

/// <summary>A range from which a value is drawn, in the unit of the value.</summary>
public readonly record struct Interval(double Low, double High);

/// <param name="Mass">Each mass is drawn within this share of its value.</param>
/// <param name="Friction">Each friction is drawn within this share of its value.</param>
/// <param name="Clearance">Least gap between two objects, metres.</param>
public sealed record SceneVariation(double Mass, double Friction, double Clearance);
