using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>
/// An OpenGL context without a window. MuJoCo finds OpenGL's functions once a process, in the first platform library whose loader is visible
/// to all (its glad.c), so a process stays with the first platform that worked.
/// </summary>
internal abstract partial class GlContext : IDisposable
{
    private static readonly Lock Gate = new();
    private static string? _platformLibrary;

    /// <summary>Makes the context; null, with a reason added, when that cannot be done here.</summary>
    public static GlContext? TryCreate(RenderBackend backend, int width, int height, List<string> refusals)
    {
        lock (Gate)
        {
            var library = backend == RenderBackend.OsMesa ? OsMesaContext.LibraryName : EglContext.LibraryName;
            if (_platformLibrary is not null && _platformLibrary != library)
                return Refuse(refusals, backend, $"this process already draws through {_platformLibrary}");
            if (!NativeLibrary.TryLoad(library, out var handle)) return Refuse(refusals, backend, $"{library} is missing");

            GlContext? context = backend == RenderBackend.OsMesa
                ? OsMesaContext.TryCreate(width, height, out var why)
                : EglContext.TryCreate(backend, out why);
            if (context is null)
            {
                NativeLibrary.Free(handle);
                return Refuse(refusals, backend, why);
            }
            Publish(library);
            return context;
        }
    }

    /// <summary>Binds the context to the calling thread.</summary>
    public abstract void MakeCurrent();

    public abstract void Dispose();

    private static GlContext? Refuse(List<string> refusals, RenderBackend backend, string why)
    {
        refusals.Add($"{backend}: {why}");
        return null;
    }

    private static void Publish(string library)
    {
        const int lazy = 1, global = 0x100;         // RTLD_LAZY | RTLD_GLOBAL: MuJoCo looks the loader up among the symbols visible to all
        if (OpenShared(library, lazy | global) != 0) _platformLibrary = library;
    }

    [LibraryImport("libc.so.6", EntryPoint = "dlopen")]
    private static partial nint OpenShared([MarshalAs(UnmanagedType.LPUTF8Str)] string file, int flags);
}
