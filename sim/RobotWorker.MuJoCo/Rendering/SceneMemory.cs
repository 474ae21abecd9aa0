using System.Runtime.InteropServices;
using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>MuJoCo's structs for drawing, in memory of the sizes that the layout table gives.</summary>
internal sealed unsafe class SceneMemory : IDisposable
{
    // Room behind each struct: a build with other options may make it a little larger than the released headers say.
    private const int Slack = 4096;
    private const int DecorationGeoms = 500;
    private const int Groups = 6;
    private const int AllCategories = 7;

    private readonly LayoutTable _layout;

    public SceneMemory(MjModel model)
    {
        _layout = model.Layout;
        Camera = Zeroed("mjvCamera");
        Option = Zeroed("mjvOption");
        Perturb = Zeroed("mjvPerturb");
        Scene = Zeroed("mjvScene");
        Context = Zeroed("mjrContext");
        RenderMethods.mjv_defaultCamera(Camera);
        RenderMethods.mjv_defaultOption(Option);
        RenderMethods.mjv_defaultPerturb(Perturb);
        RenderMethods.mjv_defaultScene(Scene);
        RenderMethods.mjr_defaultContext(Context);
        RenderMethods.mjv_makeScene(model.Pointer, Scene, model.Ngeom + DecorationGeoms);
    }

    public nint Camera { get; }
    public nint Option { get; }
    public nint Perturb { get; }
    public nint Scene { get; }
    public nint Context { get; }

    /// <summary>Switches a rendering effect (mjtRndFlag).</summary>
    public void SetFlag(string flag, bool on) => *Flag(flag) = on ? (byte)1 : (byte)0;

    /// <summary>Geoms now in the scene.</summary>
    public int GeomCount => *(int*)(Scene + Field("mjvScene", "ngeom"));

    /// <summary>For a geom of the scene: its number in segmentation colours, and which model geom it is (-1: none).</summary>
    public (int Segment, int Geom) SceneGeom(int index, int geomKind)
    {
        var geom = *(nint*)(Scene + Field("mjvScene", "geoms")) + (nint)index * _layout.Struct("mjvGeom").Size;
        var kind = *(int*)(geom + Field("mjvGeom", "objtype"));
        return (*(int*)(geom + Field("mjvGeom", "segid")), kind == geomKind ? *(int*)(geom + Field("mjvGeom", "objid")) : -1);
    }

    /// <summary>Points the camera.</summary>
    public void Aim(MjModel model, CameraView view)
    {
        switch (view)
        {
            case CameraView.NamedCamera named:
                Integer("type") = _layout.Constant("mjCAMERA_FIXED");
                Integer("fixedcamid") = model.Id(MjObject.Camera, named.Name);
                break;
            case CameraView.FreeCamera free:
                Integer("type") = _layout.Constant("mjCAMERA_FREE");
                Number("lookat") = free.X;
                Number("lookat", 1) = free.Y;
                Number("lookat", 2) = free.Z;
                Number("distance") = free.DistanceMetres;
                Number("azimuth") = free.AzimuthDegrees;
                Number("elevation") = free.ElevationDegrees;
                break;
            default:
                throw new MuJoCoException($"No camera can take the view {view}.");
        }
    }

    /// <summary>Takes over the poses.</summary>
    public void Update(MjModel model, MjData data) =>
        RenderMethods.mjv_updateScene(model.Pointer, data.Pointer, Option, Perturb, Camera, AllCategories, Scene);

    /// <summary>Type, fixed camera, point looked at, distance, azimuth, elevation.</summary>
    public double[] CameraNumbers() =>
        [Integer("type"), Integer("fixedcamid"), Number("lookat"), Number("lookat", 1), Number("lookat", 2), Number("distance"), Number("azimuth"), Number("elevation")];

    /// <summary>Draws no sites: they are marks for programs, not things.</summary>
    public void HideSites() => new Span<byte>((void*)(Option + Field("mjvOption", "sitegroup")), Groups).Clear();

    /// <summary>Which groups are drawn: <c>geomgroup</c> or <c>sitegroup</c>.</summary>
    public double[] GroupsDrawn(string kind) => [.. new Span<byte>((void*)(Option + Field("mjvOption", kind)), Groups).ToArray().Select(group => (double)group)];

    /// <summary>Rendering effects, by name.</summary>
    public double[] Flags(params ReadOnlySpan<string> names)
    {
        var flags = new double[names.Length];
        for (var i = 0; i < flags.Length; i++) flags[i] = *Flag(names[i]);
        return flags;
    }

    public void Dispose()
    {
        RenderMethods.mjv_freeScene(Scene);
        foreach (var memory in (ReadOnlySpan<nint>)[Camera, Option, Perturb, Scene, Context]) NativeMemory.Free((void*)memory);
    }

    private byte* Flag(string flag) => (byte*)(Scene + Field("mjvScene", "flags") + _layout.Constant(flag));

    private ref int Integer(string field) => ref *(int*)(Camera + Field("mjvCamera", field));

    private ref double Number(string field, int index = 0) => ref ((double*)(Camera + Field("mjvCamera", field)))[index];

    private int Field(string type, string field) => _layout.Struct(type)[field];

    private nint Zeroed(string type) => (nint)NativeMemory.AllocZeroed((nuint)(_layout.Struct(type).Size + Slack));
}
