using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>A surfaceless OpenGL context through EGL 1.5 (Khronos EGL specification, EGL_MESA_platform_surfaceless, EGL_EXT_platform_device).</summary>
internal sealed unsafe partial class EglContext : GlContext
{
    public const string LibraryName = "libEGL.so.1";

    private const uint PlatformSurfaceless = 0x31DD, PlatformDevice = 0x313F, OpenGlApi = 0x30A2;

    private readonly nint _display;
    private readonly nint _context;

    private EglContext(nint display, nint context)
    {
        _display = display;
        _context = context;
    }

    public static EglContext? TryCreate(RenderBackend backend, out string why)
    {
        why = "no display could be initialised";
        foreach (var display in backend == RenderBackend.EglDevice ? DeviceDisplays() : [GetPlatformDisplay(PlatformSurfaceless, 0, 0)])
            if (TryCreateOn(display, ref why) is { } context) return context;
        return null;
    }

    public override void MakeCurrent()
    {
        // The API is bound per thread, the context too.
        if (BindApi(OpenGlApi) == 0 || EglMakeCurrent(_display, 0, 0, _context) == 0)
            throw new MuJoCoException($"EGL refused to make the renderer current on this thread (error 0x{GetError():X}); use it on the thread that created it.");
    }

    public override void Dispose()
    {
        _ = EglMakeCurrent(_display, 0, 0, 0);
        _ = DestroyContext(_display, _context);       // the display is shared by all renderers of the process and stays
    }

    private static EglContext? TryCreateOn(nint display, ref string why)
    {
        int major, minor;
        if (display == 0 || Initialize(display, &major, &minor) == 0 || BindApi(OpenGlApi) == 0) return null;

        var handle = CreateContext(display, 0, 0, 0);       // no config: nothing is drawn to a surface
        if (handle == 0)
        {
            why = $"no OpenGL context (error 0x{GetError():X})";
            return null;
        }
        var context = new EglContext(display, handle);
        if (EglMakeCurrent(display, 0, 0, handle) != 0 && GlVersion.IsEnough(&GetProcAddress, out why)) return context;
        context.Dispose();
        return null;
    }

    private static List<nint> DeviceDisplays()
    {
        var displays = new List<nint>();
        var query = (delegate* unmanaged<int, nint*, int*, uint>)GetProcAddress("eglQueryDevicesEXT");
        if (query is null) return displays;
        var devices = stackalloc nint[16];
        int count;
        if (query(16, devices, &count) == 0) return displays;
        for (var i = 0; i < count; i++) displays.Add(GetPlatformDisplay(PlatformDevice, devices[i], 0));
        return displays;
    }

    [LibraryImport(LibraryName, EntryPoint = "eglGetPlatformDisplay")] private static partial nint GetPlatformDisplay(uint platform, nint device, nint attributes);
    [LibraryImport(LibraryName, EntryPoint = "eglInitialize")] private static partial uint Initialize(nint display, int* major, int* minor);
    [LibraryImport(LibraryName, EntryPoint = "eglBindAPI")] private static partial uint BindApi(uint api);
    [LibraryImport(LibraryName, EntryPoint = "eglCreateContext")] private static partial nint CreateContext(nint display, nint config, nint share, nint attributes);
    [LibraryImport(LibraryName, EntryPoint = "eglMakeCurrent")] private static partial uint EglMakeCurrent(nint display, nint draw, nint read, nint context);
    [LibraryImport(LibraryName, EntryPoint = "eglDestroyContext")] private static partial uint DestroyContext(nint display, nint context);
    [LibraryImport(LibraryName, EntryPoint = "eglGetError")] private static partial int GetError();
    [LibraryImport(LibraryName, EntryPoint = "eglGetProcAddress")] private static partial nint GetProcAddress([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
