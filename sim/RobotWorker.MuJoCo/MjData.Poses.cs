using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Where everything is, in the world's frame, after a step or forward computation.</summary>
public sealed unsafe partial class MjData
{
    private double* _xpos, _xquat, _xmat, _xipos, _subtreeCom, _geomXpos, _geomXmat, _siteXpos, _siteXmat, _camXpos, _camXmat;

    /// <summary>Positions of bodies, in metres.</summary>
    public ReadOnlySpan<double> Xpos => new(Alive(_xpos), Model.Nbody * 3);

    /// <summary>Orientations of bodies (w, x, y, z).</summary>
    public ReadOnlySpan<double> Xquat => new(Alive(_xquat), Model.Nbody * 4);

    /// <summary>Orientations of bodies, 3x3 by rows.</summary>
    public ReadOnlySpan<double> Xmat => new(Alive(_xmat), Model.Nbody * 9);

    /// <summary>Centres of mass of bodies, in metres.</summary>
    public ReadOnlySpan<double> Xipos => new(Alive(_xipos), Model.Nbody * 3);

    /// <summary>Centres of mass of subtrees, in metres.</summary>
    public ReadOnlySpan<double> SubtreeCom => new(Alive(_subtreeCom), Model.Nbody * 3);

    /// <summary>Positions of geoms, in metres.</summary>
    public ReadOnlySpan<double> GeomXpos => new(Alive(_geomXpos), Model.Ngeom * 3);

    /// <summary>Orientations of geoms, 3x3 by rows.</summary>
    public ReadOnlySpan<double> GeomXmat => new(Alive(_geomXmat), Model.Ngeom * 9);

    /// <summary>Positions of sites, in metres.</summary>
    public ReadOnlySpan<double> SiteXpos => new(Alive(_siteXpos), Model.Nsite * 3);

    /// <summary>Orientations of sites, 3x3 by rows.</summary>
    public ReadOnlySpan<double> SiteXmat => new(Alive(_siteXmat), Model.Nsite * 9);

    /// <summary>Positions of cameras, in metres.</summary>
    public ReadOnlySpan<double> CamXpos => new(Alive(_camXpos), Model.Ncam * 3);

    /// <summary>Orientations of cameras, 3x3 by rows; they look along -z, +y is up.</summary>
    public ReadOnlySpan<double> CamXmat => new(Alive(_camXmat), Model.Ncam * 9);

    /// <summary>The position of a body, in metres.</summary>
    public ReadOnlySpan<double> BodyPosition(int body) => Xpos.Slice(body * 3, 3);

    /// <summary>The orientation of a body (w, x, y, z).</summary>
    public ReadOnlySpan<double> BodyQuaternion(int body) => Xquat.Slice(body * 4, 4);

    /// <summary>The orientation of a body, 3x3 by rows.</summary>
    public ReadOnlySpan<double> BodyMatrix(int body) => Xmat.Slice(body * 9, 9);

    /// <summary>The centre of mass of a body, in metres.</summary>
    public ReadOnlySpan<double> BodyCentreOfMass(int body) => Xipos.Slice(body * 3, 3);

    /// <summary>The position of a geom, in metres.</summary>
    public ReadOnlySpan<double> GeomPosition(int geom) => GeomXpos.Slice(geom * 3, 3);

    /// <summary>The orientation of a geom, 3x3 by rows.</summary>
    public ReadOnlySpan<double> GeomMatrix(int geom) => GeomXmat.Slice(geom * 9, 9);

    /// <summary>The position of a site, in metres.</summary>
    public ReadOnlySpan<double> SitePosition(int site) => SiteXpos.Slice(site * 3, 3);

    /// <summary>The orientation of a site, 3x3 by rows.</summary>
    public ReadOnlySpan<double> SiteMatrix(int site) => SiteXmat.Slice(site * 9, 9);

    /// <summary>The position of a camera, in metres.</summary>
    public ReadOnlySpan<double> CameraPosition(int camera) => CamXpos.Slice(camera * 3, 3);

    /// <summary>The orientation of a camera, 3x3 by rows; it looks along -z, +y is up.</summary>
    public ReadOnlySpan<double> CameraMatrix(int camera) => CamXmat.Slice(camera * 9, 9);

    /// <summary>The velocity of a thing's centre: angular (rad/s), then linear (m/s), in the world's frame or its own.</summary>
    /// <param name="kind">Body, geom, site or camera.</param>
    /// <param name="id">Its id.</param>
    /// <param name="velocity">Receives 6 numbers.</param>
    /// <param name="local">Whether in its own frame.</param>
    public void Velocity(MjObject kind, int id, Span<double> velocity, bool local = false)
    {
        if (velocity.Length < 6) throw new ArgumentException("A velocity has 6 numbers.", nameof(velocity));
        if ((uint)id >= (uint)Model.Count(kind)) throw new ArgumentOutOfRangeException(nameof(id), id, $"The model has {Model.Count(kind)} of kind {kind}.");
        fixed (double* result = velocity) NativeMethods.mj_objectVelocity(_model, Pointer, Model.Number(kind), id, result, local ? 1 : 0);
        GC.KeepAlive(this);
    }

    /// <summary>How a site moves with each degree of freedom: two matrices of 3 rows and Nv columns, by rows.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="position">Receives 3 x Nv numbers, in m per unit of the degree of freedom; may be empty.</param>
    /// <param name="rotation">Receives 3 x Nv numbers, in rad per unit; may be empty.</param>
    public void SiteJacobian(int site, Span<double> position, Span<double> rotation)
    {
        if ((uint)site >= (uint)Model.Nsite) throw new ArgumentOutOfRangeException(nameof(site), site, $"The model has {Model.Nsite} sites.");
        if ((position.Length > 0 && position.Length < 3 * Model.Nv) || (rotation.Length > 0 && rotation.Length < 3 * Model.Nv))
            throw new ArgumentException($"A Jacobian of this model has 3 x {Model.Nv} numbers.");
        fixed (double* linear = position, angular = rotation) NativeMethods.mj_jacSite(_model, Pointer, linear, angular, site);
        GC.KeepAlive(this);
    }

    private void LookUpPoses(NativeStruct data)
    {
        _xpos = data.Array<double>("xpos");
        _xquat = data.Array<double>("xquat");
        _xmat = data.Array<double>("xmat");
        _xipos = data.Array<double>("xipos");
        _subtreeCom = data.Array<double>("subtree_com");
        _geomXpos = data.Array<double>("geom_xpos");
        _geomXmat = data.Array<double>("geom_xmat");
        _siteXpos = data.Array<double>("site_xpos");
        _siteXmat = data.Array<double>("site_xmat");
        _camXpos = data.Array<double>("cam_xpos");
        _camXmat = data.Array<double>("cam_xmat");
    }
}
