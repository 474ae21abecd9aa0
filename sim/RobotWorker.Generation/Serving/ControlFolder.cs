using System.Globalization;

namespace RobotWorker.Generation.Serving;

/// <summary>
/// Where the served robots of one person are found: a folder that nobody else may enter, with a Unix socket for each. No port, no token: neither a web page nor another
/// person's program reaches it, and no fault of the wire touches it.
/// </summary>
public static class ControlFolder
{
    private const string Ending = ".sock";
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>The folder, made where it is missing.</summary>
    /// <exception cref="IOException">Others may enter it, or it cannot be made.</exception>
    public static string Path
    {
        get
        {
            var path = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own
                ? System.IO.Path.Combine(own, "robotworker")
                : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"robotworker-{Environment.UserName}");
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                if ((File.GetUnixFileMode(path) & Others) != 0) throw new IOException($"others may enter {path}: remove it, or take their rights from it (chmod 700)");
            }

            return path;
        }
    }

    /// <summary>The socket of this process.</summary>
    public static string OwnSocket => System.IO.Path.Combine(Path, $"{Environment.ProcessId}{Ending}");

    /// <summary>The process ids of the robots that are served, lowest first; sockets that a killed process left are removed.</summary>
    public static IReadOnlyList<int> Served
    {
        get
        {
            var served = new List<int>();
            foreach (var file in Directory.EnumerateFiles(Path, "*" + Ending))
            {
                if (!int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var process)) continue;
                if (Lives(process)) served.Add(process);
                else File.Delete(file);
            }

            return [.. served.Order()];
        }
    }

    /// <summary>The socket of a served robot.</summary>
    public static string SocketOf(int process) => System.IO.Path.Combine(Path, $"{process.ToString(CultureInfo.InvariantCulture)}{Ending}");

    private static bool Lives(int process)
    {
        try
        {
            using var _ = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
