using System.Collections.Immutable;
using RobotWorker.Motion;

namespace RobotWorker.Skills.Profile;

/// <summary>What is known of the site before anything is seen: places to stand at, surfaces, containers, and which objects there are (not where).</summary>
public sealed record SiteMap(
    ImmutableArray<Station> Stations, ImmutableArray<Surface> Surfaces, ImmutableArray<Container> Containers, ImmutableArray<KnownObject> Objects)
{
    public Station? FindStation(string name) => Stations.FirstOrDefault(s => s.Name == name);

    public Surface? FindSurface(string name) => Surfaces.FirstOrDefault(s => s.Name == name);

    public Container? FindContainer(string name) => Containers.FirstOrDefault(c => c.Name == name);

    public KnownObject? FindObject(string name) => Objects.FirstOrDefault(o => o.Name == name);
}

/// <summary>A place to stand at; <paramref name="Pose"/> is that of base_link on the floor, in the map frame.</summary>
/// <param name="Serves">The surfaces and containers that are worked at from here.</param>
public sealed record Station(string Name, Pose Pose, ImmutableArray<string> Serves);

/// <summary>A horizontal area. Its pose is the centre of the top, in the map frame; sizes in metres along its own x and y.</summary>
public sealed record Surface(string Name, Pose Top, double SizeX, double SizeY)
{
    /// <summary>Whether a point of the map frame lies over the area, grown (or shrunk) by a margin in metres.</summary>
    public bool Covers(Vec3 point, double margin = 0)
    {
        var local = Top.Inverse().Apply(point);
        return Math.Abs(local.X) <= (SizeX / 2) + margin && Math.Abs(local.Y) <= (SizeY / 2) + margin;
    }
}

/// <summary>An open box. Its pose is the centre of its inner floor, in the map frame; inner sizes in metres.</summary>
public sealed record Container(string Name, Pose Floor, double SizeX, double SizeY, double Height)
{
    public bool Encloses(Vec3 point, double margin = 0)
    {
        var local = Floor.Inverse().Apply(point);
        return Math.Abs(local.X) <= (SizeX / 2) + margin && Math.Abs(local.Y) <= (SizeY / 2) + margin
            && local.Z >= -margin && local.Z <= Height + margin;
    }
}

/// <param name="ClassId">As the detector names it: <c>cup/red</c>.</param>
/// <param name="Type">A type of the skill catalogue: cup.</param>
public sealed record KnownObject(string Name, string ClassId, string Type, ObjectShape Shape);

/// <summary>A primitive, its own z axis being its axis or height; metres.</summary>
public abstract record ObjectShape
{
    public sealed record Cylinder(double Radius, double Height) : ObjectShape;

    public sealed record Box(double X, double Y, double Z) : ObjectShape;

    /// <summary>Half of the vertical extent when it lies turned like this, in metres.</summary>
    public double HalfHeight(Quat rotation)
    {
        var x = Math.Abs(rotation.Rotate(Vec3.UnitX).Z);
        var y = Math.Abs(rotation.Rotate(Vec3.UnitY).Z);
        var z = Math.Abs(rotation.Rotate(Vec3.UnitZ).Z);
        return this switch
        {
            Cylinder(var radius, var height) => (height / 2 * z) + (radius * Math.Sqrt(Math.Max(0, 1 - (z * z)))),
            Box(var sx, var sy, var sz) => ((sx * x) + (sy * y) + (sz * z)) / 2,
            _ => throw new InvalidOperationException($"no such shape: {GetType().Name}"),
        };
    }

    /// <summary>Radius of the smallest upright cylinder around it, in metres: the room it needs on a surface.</summary>
    public double Footprint => this switch
    {
        Cylinder(var radius, var height) => Math.Max(radius, height / 2),
        Box(var sx, var sy, var sz) => Math.Max(sx, Math.Max(sy, sz)) / 2 * Math.Sqrt(2),
        _ => throw new InvalidOperationException($"no such shape: {GetType().Name}"),
    };
}
