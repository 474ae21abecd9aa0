using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Bodies, sites and cameras.</summary>
public sealed unsafe partial class MjModel
{
    private int* _bodyParentid, _bodyRootid, _bodyWeldid, _bodyMocapid, _bodyJntnum, _bodyJntadr, _bodyGeomnum, _bodyGeomadr,
        _siteBodyid, _camBodyid;
    private double* _bodyMass, _bodySubtreemass, _bodyInertia, _bodyPos, _bodyQuat, _bodyIpos, _sitePos, _siteQuat, _camPos,
        _camQuat, _camFovy;

    /// <summary>The body that this one hangs on; the world is its own parent.</summary>
    public int BodyParent(int body) => Item(_bodyParentid, body, Nbody, "body");

    /// <summary>The body under the world to whose tree this one belongs.</summary>
    public int BodyRoot(int body) => Item(_bodyRootid, body, Nbody, "body");

    /// <summary>The body that this one is rigidly joined to: itself when it has joints.</summary>
    public int BodyWeld(int body) => Item(_bodyWeldid, body, Nbody, "body");

    /// <summary>Index among the mocap bodies; -1 when it is none.</summary>
    public int BodyMocap(int body) => Item(_bodyMocapid, body, Nbody, "body");

    /// <summary>How many joints move the body.</summary>
    public int BodyJointCount(int body) => Item(_bodyJntnum, body, Nbody, "body");

    /// <summary>Its first joint; -1 when it has none.</summary>
    public int BodyFirstJoint(int body) => Item(_bodyJntadr, body, Nbody, "body");

    /// <summary>How many geoms the body has.</summary>
    public int BodyGeomCount(int body) => Item(_bodyGeomnum, body, Nbody, "body");

    /// <summary>Its first geom; -1 when it has none.</summary>
    public int BodyFirstGeom(int body) => Item(_bodyGeomadr, body, Nbody, "body");

    /// <summary>Mass of each body, in kg. Call <see cref="MjData.RecomputeConstants"/> after a change.</summary>
    public Span<double> BodyMass => new(Alive(_bodyMass), Nbody);

    /// <summary>Mass of each body with all that hangs on it, in kg.</summary>
    public Span<double> BodySubtreeMass => new(Alive(_bodySubtreemass), Nbody);

    /// <summary>Principal moments of inertia, in kg m2.</summary>
    public Span<double> BodyInertia(int body) => Row(_bodyInertia, body, Nbody, 3, "body");

    /// <summary>Position in the parent's frame, in metres.</summary>
    public Span<double> BodyPosition(int body) => Row(_bodyPos, body, Nbody, 3, "body");

    /// <summary>Orientation in the parent's frame (w, x, y, z).</summary>
    public Span<double> BodyQuaternion(int body) => Row(_bodyQuat, body, Nbody, 4, "body");

    /// <summary>Centre of mass in the body's frame, in metres.</summary>
    public Span<double> BodyCentreOfMass(int body) => Row(_bodyIpos, body, Nbody, 3, "body");

    /// <summary>The body that carries the site.</summary>
    public int SiteBody(int site) => Item(_siteBodyid, site, Nsite, "site");

    /// <summary>Position in the body's frame, in metres.</summary>
    public Span<double> SitePosition(int site) => Row(_sitePos, site, Nsite, 3, "site");

    /// <summary>Orientation in the body's frame (w, x, y, z).</summary>
    public Span<double> SiteQuaternion(int site) => Row(_siteQuat, site, Nsite, 4, "site");

    /// <summary>The body that carries the camera.</summary>
    public int CameraBody(int camera) => Item(_camBodyid, camera, Ncam, "camera");

    /// <summary>Position in the body's frame, in metres.</summary>
    public Span<double> CameraPosition(int camera) => Row(_camPos, camera, Ncam, 3, "camera");

    /// <summary>Orientation in the body's frame; the camera looks along its -z, +y is up.</summary>
    public Span<double> CameraQuaternion(int camera) => Row(_camQuat, camera, Ncam, 4, "camera");

    /// <summary>Vertical field of view of each camera, in degrees (as in MJCF).</summary>
    public Span<double> CameraFovyDegrees => new(Alive(_camFovy), Ncam);

    private void LookUpBodies(NativeStruct model)
    {
        _bodyParentid = model.Array<int>("body_parentid");
        _bodyRootid = model.Array<int>("body_rootid");
        _bodyWeldid = model.Array<int>("body_weldid");
        _bodyMocapid = model.Array<int>("body_mocapid");
        _bodyJntnum = model.Array<int>("body_jntnum");
        _bodyJntadr = model.Array<int>("body_jntadr");
        _bodyGeomnum = model.Array<int>("body_geomnum");
        _bodyGeomadr = model.Array<int>("body_geomadr");
        _bodyMass = model.Array<double>("body_mass");
        _bodySubtreemass = model.Array<double>("body_subtreemass");
        _bodyInertia = model.Array<double>("body_inertia");
        _bodyPos = model.Array<double>("body_pos");
        _bodyQuat = model.Array<double>("body_quat");
        _bodyIpos = model.Array<double>("body_ipos");
        _siteBodyid = model.Array<int>("site_bodyid");
        _sitePos = model.Array<double>("site_pos");
        _siteQuat = model.Array<double>("site_quat");
        _camBodyid = model.Array<int>("cam_bodyid");
        _camPos = model.Array<double>("cam_pos");
        _camQuat = model.Array<double>("cam_quat");
        _camFovy = model.Array<double>("cam_fovy");
    }
}
