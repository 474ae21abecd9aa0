using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>OpenGL drawn by the processor into memory (Mesa's off-screen interface, <c>GL/osmesa.h</c>).</summary>
internal sealed unsafe partial class OsMesaContext : GlContext
{
    public const string LibraryName = "libOSMesa.so.8";

    private const int Rgba = 0x1908, UnsignedByte = 0x1401;

    private readonly nint _context;
    private readonly int _width, _height;
    private readonly byte* _pixels;

    private OsMesaContext(nint context, int width, int height)
    {
        (_context, _width, _height) = (context, width, height);
        _pixels = (byte*)NativeMemory.AllocZeroed((nuint)width * (nuint)height, 4);
    }

    public static OsMesaContext? TryCreate(int width, int height, out string why)
    {
        why = "no context";
        var handle = CreateContext(Rgba, 24, 8, 0, 0);
        if (handle == 0) return null;
        var context = new OsMesaContext(handle, width, height);
        if (context.TryMakeCurrent() && GlVersion.IsEnough(&GetProcAddress, out why)) return context;
        context.Dispose();
        return null;
    }

    public override void MakeCurrent()
    {
        if (!TryMakeCurrent()) throw new MuJoCoException("OSMesa refused to make the renderer current on this thread.");
    }

    public override void Dispose()
    {
        DestroyContext(_context);
        NativeMemory.Free(_pixels);
    }

    private bool TryMakeCurrent() => OsMesaMakeCurrent(_context, _pixels, UnsignedByte, _width, _height) != 0;

    [LibraryImport(LibraryName, EntryPoint = "OSMesaCreateContextExt")]
    private static partial nint CreateContext(int format, int depthBits, int stencilBits, int accumulationBits, nint share);
    [LibraryImport(LibraryName, EntryPoint = "OSMesaMakeCurrent")]
    private static partial byte OsMesaMakeCurrent(nint context, byte* buffer, int type, int width, int height);
    [LibraryImport(LibraryName, EntryPoint = "OSMesaDestroyContext")] private static partial void DestroyContext(nint context);
    [LibraryImport(LibraryName, EntryPoint = "OSMesaGetProcAddress")] private static partial nint GetProcAddress([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
