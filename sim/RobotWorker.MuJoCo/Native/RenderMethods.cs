using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>mjrRect: a rectangle of pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PixelRectangle(int Left, int Bottom, int Width, int Height);

/// <summary>MuJoCo's C functions for drawing, named as in <c>mujoco.h</c>.</summary>
internal static unsafe partial class RenderMethods
{
    private const string Library = NativeMethods.Library;

    [LibraryImport(Library)] public static partial void mjv_defaultCamera(nint camera);
    [LibraryImport(Library)] public static partial void mjv_defaultOption(nint option);
    [LibraryImport(Library)] public static partial void mjv_defaultPerturb(nint perturb);
    [LibraryImport(Library)] public static partial void mjv_defaultScene(nint scene);
    [LibraryImport(Library)] public static partial void mjv_makeScene(nint model, nint scene, int maxGeoms);
    [LibraryImport(Library)] public static partial void mjv_freeScene(nint scene);
    [LibraryImport(Library)] public static partial void mjv_updateScene(nint model, nint data, nint option, nint perturb, nint camera, int categories, nint scene);
    [LibraryImport(Library)] public static partial void mjr_defaultContext(nint context);
    [LibraryImport(Library)] public static partial void mjr_makeContext(nint model, nint context, int fontScale);
    [LibraryImport(Library)] public static partial void mjr_freeContext(nint context);
    [LibraryImport(Library)] public static partial void mjr_setBuffer(int buffer, nint context);
    [LibraryImport(Library)] public static partial void mjr_render(PixelRectangle viewport, nint scene, nint context);
    [LibraryImport(Library)] public static partial void mjr_readPixels(byte* rgb, float* depth, PixelRectangle viewport, nint context);
}
