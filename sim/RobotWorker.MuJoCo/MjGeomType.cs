namespace RobotWorker.MuJoCo;

/// <summary>Shapes of a geom (MuJoCo's mjtGeom), with what its three sizes mean, in metres.</summary>
public enum MjGeomType
{
    /// <summary>Half x, half y, grid spacing; zero is endless.</summary>
    Plane = 0,
    /// <summary>A height field.</summary>
    HeightField = 1,
    /// <summary>Radius.</summary>
    Sphere = 2,
    /// <summary>Radius, half length along z without the caps.</summary>
    Capsule = 3,
    /// <summary>The three radii.</summary>
    Ellipsoid = 4,
    /// <summary>Radius, half length along z.</summary>
    Cylinder = 5,
    /// <summary>The three half lengths.</summary>
    Box = 6,
    /// <summary>A triangle mesh.</summary>
    Mesh = 7,
}
