namespace RobotWorker.Firmware.Links;

/// <summary>
/// One program a port: a lock file beside others, since two opens of one port succeed for root. It is the kernel's lock (flock), so that a program that dies leaves none behind.
/// Two names of one port, such as a link in /dev/serial/by-id, are one.
/// </summary>
internal sealed class PortLock : IDisposable
{
    private readonly FileStream file;

    private PortLock(FileStream file) => this.file = file;

    /// <exception cref="ByteLinkException">Another program has it (<see cref="ByteLinkFailure.Busy"/>).</exception>
    public static PortLock Take(string port)
    {
        var path = "";
        try
        {
            var real = File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(port);
            path = Path.Combine(Path.GetTempPath(), $"robotworker{real.Replace('/', '-').Replace('\\', '-').Replace(':', '-')}.lock");
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            // Another user's turn comes too.
            if (!OperatingSystem.IsWindows() && !File.Exists(path))
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            return new(new(path, options));
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

    public void Dispose() => file.Dispose();
}
