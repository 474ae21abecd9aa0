using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using RobotWorker.MuJoCo.Native;
using RobotWorker.MuJoCo.Native.Probe;

namespace RobotWorker.MuJoCo;

/// <summary>
/// MuJoCo's shared library, loaded once a process: found, checked against the layout table, its warnings collected. Everything else in this
/// assembly loads it on first use; call <see cref="Load"/> to choose a file or to fail early with a clear message.
/// </summary>
/// <remarks>A fatal MuJoCo error (its <c>mju_error</c>: out of memory, a broken internal state) cannot become an exception, because no
/// frame of C may be jumped over; the process prints the message and ends with code 70.</remarks>
public static class MuJoCoLibrary
{
    /// <summary>So many warnings are kept; older ones are dropped.</summary>
    public const int WarningsKept = 256;

    private static readonly Lock Gate = new();
    private static readonly ConcurrentQueue<string> WarningQueue = new();
    private static volatile Loaded? _loaded;
    private static MuJoCoUnavailableException? _refusal;
    private static nint _handle;

    /// <summary>Called with each warning, on the thread whose MuJoCo call raised it. It must not throw and must not call MuJoCo.</summary>
    public static event Action<string>? WarningRaised;

    /// <summary>The version as MuJoCo counts: 222 for 2.2.2, 3005000 for 3.5.0.</summary>
    public static int Version => Current.Layout.Version;

    /// <summary>The version as people write it, such as <c>2.2.2</c>.</summary>
    public static string VersionText => Version < 1_000_000
        ? $"{Version / 100}.{Version / 10 % 10}.{Version % 10}"
        : $"{Version / 1_000_000}.{Version / 1_000 % 1_000}.{Version % 1_000}";

    /// <summary>The file or soname that was opened.</summary>
    public static string FileName => Current.FileName;

    /// <summary>The last warnings, oldest first, such as "Nan, Inf or huge value in QACC" or a full contact buffer.</summary>
    public static IReadOnlyList<string> Warnings => [.. WarningQueue];

    internal static LayoutTable Layout => Current.Layout;

    private static Loaded Current => _loaded ?? LoadOnce(null);

    /// <summary>Opens the library: <paramref name="path"/>, else the environment's MUJOCO_LIB, else the usual names and folders.</summary>
    /// <exception cref="MuJoCoUnavailableException">It is absent, of an unknown version, or does not lie in memory as the table says.</exception>
    public static void Load(string? path = null)
    {
        var loaded = _loaded ?? LoadOnce(path);
        if (path is not null && loaded.FileName != path)
            throw new MuJoCoException($"MuJoCo is already loaded from '{loaded.FileName}'; a process cannot change to '{path}'.");
    }

    /// <summary>Forgets the warnings collected so far.</summary>
    public static void ClearWarnings() => WarningQueue.Clear();

    internal static void Collect(string warning)
    {
        WarningQueue.Enqueue(warning);
        while (WarningQueue.Count > WarningsKept) WarningQueue.TryDequeue(out _);
        WarningRaised?.Invoke(warning);
    }

    private static Loaded LoadOnce(string? path)
    {
        lock (Gate)
        {
            if (_loaded is not null) return _loaded;
            if (_refusal is not null) throw new MuJoCoUnavailableException(_refusal.Message);       // its functions are bound: no second choice
            var chosen = path ?? Environment.GetEnvironmentVariable("MUJOCO_LIB");
            var (handle, file) = LibrarySearch.Open(string.IsNullOrEmpty(chosen) ? null : chosen, path is null ? "MUJOCO_LIB" : "The given path");
            try
            {
                return _loaded = Check(handle, file);
            }
            catch (MuJoCoException refusal)
            {
                _refusal = refusal as MuJoCoUnavailableException ?? new MuJoCoUnavailableException($"'{file}' does not work as MuJoCo: {refusal.Message}", refusal);
                throw _refusal;
            }
        }
    }

    private static Loaded Check(nint handle, string file)
    {
        if (!NativeLibrary.TryGetExport(handle, "mj_version", out _))
            throw new MuJoCoUnavailableException($"'{file}' is not MuJoCo: it has no mj_version. {MuJoCoUnavailableException.HowToInstall}");
        _handle = handle;
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == NativeMethods.Library ? _handle : 0);
        var layout = KnownLayout(file);
        Callbacks.Install(handle);
        LayoutProbe.Verify(layout);
        return new Loaded(file, layout);
    }

    private static LayoutTable KnownLayout(string file)
    {
        var version = NativeMethods.mj_version();
        return LayoutTable.Find(version) ?? throw new MuJoCoUnavailableException(
            $"'{file}' is MuJoCo version {version}, whose memory layout is not in the table (known: {string.Join(", ", LayoutTable.KnownVersions())}). {MuJoCoUnavailableException.HowToInstall}");
    }

    private sealed record Loaded(string FileName, LayoutTable Layout);
}
