namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A folder that has its name only when it is whole. Disposed before that, nothing of it is left.</summary>
public sealed class NewFolder : IDisposable
{
    private readonly string target;
    private bool isWhole;

    /// <param name="folder">Must not be there.</param>
    /// <exception cref="DatasetException">It is there already.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public NewFolder(string folder)
    {
        target = System.IO.Path.GetFullPath(folder).TrimEnd(System.IO.Path.DirectorySeparatorChar);
        if (Directory.Exists(target) || File.Exists(target)) throw new DatasetException($"{folder} is there already: give another name, or remove it");
        Path = target + ".partial";
        // Of a run that was killed.
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where to write until then.</summary>
    public string Path { get; }

    /// <summary>Gives it its name.</summary>
    public void Complete()
    {
        Directory.Move(Path, target);
        isWhole = true;
    }

    public void Dispose()
    {
        if (!isWhole && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
