namespace RobotWorker.Firmware.Links;

/// <summary>
/// One program a port: a lock file beside others, since two opens of one port succeed for root. It is the kernel's lock (flock), so that a program that dies leaves none behind.
/// Two names of one port, such as a link in /dev/serial/by-id, are one.
/// </summary>
internal sealed class PortLock : IDisposable
{
    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly FileStream file;

    private PortLock(FileStream file) => this.file = file;

    /// <exception cref="ByteLinkException">Another program has it (<see cref="ByteLinkFailure.Busy"/>).</exception>
    public static PortLock Take(string port)
    {
        var path = "";
        try
        {
            var real = File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(port);
            path = PathOf(real);
            var file = new FileStream(path, FileModeFor(path), FileAccess.ReadWrite, FileShare.None);
            OpenToAll(file);
            return new(file);
        }
        catch (IOException busy)
        {
            throw new ByteLinkException(ByteLinkFailure.Busy, $"{port} is in use by another robotworker (lock file {path}): end that one first", busy);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ByteLinkException(ByteLinkFailure.Busy, $"{port} was locked by another user ({path} cannot be opened): end that program, or remove the file", denied);
        }
    }

    internal static string PathOf(string realPort) => Path.Combine(Path.GetTempPath(), $"robotworker{realPort.Replace('/', '-').Replace('\\', '-').Replace(':', '-')}.lock");

    // In a folder of all, such as /tmp, Linux refuses to "create" another user's file that is there already (fs.protected_regular), whatever its mode.
    private static FileMode FileModeFor(string path) => File.Exists(path) ? FileMode.Open : FileMode.OpenOrCreate;

    /// <summary>Another user's turn comes too. After the creation, since the process's umask takes away from what a file is created with.</summary>
    private static void OpenToAll(FileStream file)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.SafeFileHandle) & All) == All) return;
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, All);
        }
        catch (UnauthorizedAccessException)
        {
            // Its owner's to change; it could be opened, and that is enough here.
        }
    }

    public void Dispose() => file.Dispose();
}
