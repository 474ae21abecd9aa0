namespace RobotWorker.Cli.Commands;

/// <summary>Tries, before anything moves, whether the files of an episode can be written where they are asked for.</summary>
internal static class Writable
{
    /// <summary>Makes the folder and the report's. Null when both can be written, else one line that says which cannot and why.</summary>
    public static string? WhyNot(string folder, string? report) =>
        Try(folder, () => TryFolder(folder)) ?? (report is null ? null : Try(report, () => TryFile(report)));

    private static string? Try(string path, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{path}: it cannot be written: {e.Message.TrimEnd('.')}";
        }
    }

    private static void TryFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        TryFile(Path.Combine(folder, ".writable"));
    }

    // Leaves what is there as it is, and nothing where nothing was.
    private static void TryFile(string path)
    {
        if (Directory.Exists(path)) throw new IOException("this is a folder; give a file");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var isNew = !File.Exists(path);
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write))
        {
        }
        if (isNew) File.Delete(path);
    }
}
