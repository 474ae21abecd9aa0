using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>Finds and opens MuJoCo's shared library, and can say where it looked.</summary>
internal static class LibrarySearch
{
    private static readonly string[] Folders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/local/lib", "/usr/lib", "/usr/lib64", "/opt/mujoco/lib"];

    /// <summary>Opens the asked-for library, or else the first of the usual ones.</summary>
    /// <param name="asked">A path somebody chose; it alone is tried, since a silent other choice would hide the mistake.</param>
    /// <param name="askedBy">Who chose it, for the message: a parameter or an environment variable.</param>
    /// <exception cref="MuJoCoUnavailableException">Nothing could be opened.</exception>
    public static (nint Handle, string Path) Open(string? asked, string askedBy)
    {
        if (asked is not null) return (OpenOnly(asked, askedBy), asked);

        var tried = new List<string>();
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out var handle)) return (handle, candidate);
            tried.Add(candidate);
        }
        throw new MuJoCoUnavailableException($"MuJoCo was not found (tried {string.Join(", ", tried)}). {MuJoCoUnavailableException.HowToInstall}");
    }

    private static nint OpenOnly(string path, string askedBy)
    {
        if (!File.Exists(path) && path.Contains(Path.DirectorySeparatorChar))
            throw new MuJoCoUnavailableException($"{askedBy} is '{path}', but there is no such file; nothing else was tried. {MuJoCoUnavailableException.HowToInstall}");
        if (NativeLibrary.TryLoad(path, out var handle)) return handle;
        throw new MuJoCoUnavailableException(
            $"{askedBy} is '{path}', which cannot be opened as a shared library for this machine; nothing else was tried. {MuJoCoUnavailableException.HowToInstall}");
    }

    private static IEnumerable<string> Candidates()
    {
        yield return "libmujoco.so.2.2.2";
        yield return "libmujoco.so";
        foreach (var folder in Folders.Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(folder, "libmujoco.so.*").OrderDescending(StringComparer.Ordinal))
                yield return file;
    }
}
