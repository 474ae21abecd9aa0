using System.Runtime.CompilerServices;

namespace RobotWorker.Testing;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below <see cref="Root"/>; forward slashes are fine.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    // Upwards from the built test first: the sources may have been compiled elsewhere (deterministic paths).
    private static string FindRoot() =>
        Upwards(AppContext.BaseDirectory) ?? Upwards(Path.GetDirectoryName(ThisFile())!)
        ?? throw new InvalidOperationException($"RobotWorker.sln is in no folder above {AppContext.BaseDirectory}");

    private static string? Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RobotWorker.sln"))) return folder.FullName;
        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
