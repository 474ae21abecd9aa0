using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Geoms and materials.</summary>
public sealed unsafe partial class MjModel
{
    private int* _geomType, _geomBodyid, _geomGroup, _geomMatid, _geomContype, _geomConaffinity, _geomPriority;
    private double* _geomSize, _geomRbound, _geomPos, _geomQuat, _geomFriction;
    private float* _geomRgba, _matRgba;

    /// <summary>Which shape a geom is.</summary>
    public MjGeomType GeomType(int geom) => (MjGeomType)Item(_geomType, geom, Ngeom, "geom");

    /// <summary>The body that the geom belongs to.</summary>
    public int GeomBody(int geom) => Item(_geomBodyid, geom, Ngeom, "geom");

    /// <summary>Group of 0 to 5, for drawing and rays.</summary>
    public int GeomGroup(int geom) => Item(_geomGroup, geom, Ngeom, "geom");

    /// <summary>Its material; -1 when it has none.</summary>
    public int GeomMaterial(int geom) => Item(_geomMatid, geom, Ngeom, "geom");

    /// <summary>Contact bits of each geom: two collide when one's type meets the other's affinity.</summary>
    public Span<int> GeomContactType => new(Alive(_geomContype), Ngeom);

    /// <summary>Contact affinity bits of each geom.</summary>
    public Span<int> GeomContactAffinity => new(Alive(_geomConaffinity), Ngeom);

    /// <summary>Of two geoms in contact the one of higher priority says alone how soft and how rough it is; of equal ones the rougher counts.</summary>
    public Span<int> GeomPriority => new(Alive(_geomPriority), Ngeom);

    /// <summary>Sizes in metres; their meaning depends on the type, see <see cref="MjGeomType"/>.</summary>
    public Span<double> GeomSize(int geom) => Row(_geomSize, geom, Ngeom, 3, "geom");

    /// <summary>Radius of the sphere around each geom, in metres; 0 for a plane.</summary>
    public Span<double> GeomBoundingRadius => new(Alive(_geomRbound), Ngeom);

    /// <summary>Position in the body's frame, in metres.</summary>
    public Span<double> GeomPosition(int geom) => Row(_geomPos, geom, Ngeom, 3, "geom");

    /// <summary>Orientation in the body's frame (w, x, y, z).</summary>
    public Span<double> GeomQuaternion(int geom) => Row(_geomQuat, geom, Ngeom, 4, "geom");

    /// <summary>Friction: sliding (no unit), torsional (m), rolling (m).</summary>
    public Span<double> GeomFriction(int geom) => Row(_geomFriction, geom, Ngeom, 3, "geom");

    /// <summary>Colour (red, green, blue, opacity), 0 to 1; a material's colour replaces it.</summary>
    public Span<float> GeomRgba(int geom) => Row(_geomRgba, geom, Ngeom, 4, "geom");

    /// <summary>Colour of a material, 0 to 1.</summary>
    public Span<float> MaterialRgba(int material) => Row(_matRgba, material, Nmat, 4, "material");

    private void LookUpShapes(NativeStruct model)
    {
        _geomType = model.Array<int>("geom_type");
        _geomBodyid = model.Array<int>("geom_bodyid");
        _geomGroup = model.Array<int>("geom_group");
        _geomMatid = model.Array<int>("geom_matid");
        _geomContype = model.Array<int>("geom_contype");
        _geomConaffinity = model.Array<int>("geom_conaffinity");
        _geomPriority = model.Array<int>("geom_priority");
        _geomSize = model.Array<double>("geom_size");
        _geomRbound = model.Array<double>("geom_rbound");
        _geomPos = model.Array<double>("geom_pos");
        _geomQuat = model.Array<double>("geom_quat");
        _geomFriction = model.Array<double>("geom_friction");
        _geomRgba = model.Array<float>("geom_rgba");
        _matRgba = model.Array<float>("mat_rgba");
    }
}
