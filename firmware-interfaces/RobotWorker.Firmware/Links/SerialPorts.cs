namespace RobotWorker.Firmware.Links;

/// <summary>Finds ports, and opens them by the fastest way that the machine has.</summary>
public static class SerialPorts
{
    private const string ByIdFolder = "/dev/serial/by-id";

    private const string Tcp = "tcp://";

    private static readonly string[] Patterns = ["ttyUSB*", "ttyACM*", "ttyAMA*"];

    /// <summary>The ports that are there, in order of their names; by their stable names where the system gives them, since ttyUSB0 may be another adapter tomorrow.</summary>
    public static IReadOnlyList<string> All()
    {
        if (!OperatingSystem.IsLinux()) return [.. System.IO.Ports.SerialPort.GetPortNames().Order(StringComparer.Ordinal)];
        string[] byId = Directory.Exists(ByIdFolder) ? [.. Directory.EnumerateFileSystemEntries(ByIdFolder)] : [];
        var reached = byId.Select(RealName).ToHashSet(StringComparer.Ordinal);
        var others = Patterns.SelectMany(pattern => Directory.EnumerateFileSystemEntries("/dev", pattern)).Where(port => !reached.Contains(port));
        return [.. byId.Concat(others).Order(StringComparer.Ordinal)];
    }

    /// <summary>Opens a port: <c>tcp://HOST:PORT</c> through a bridge such as ser2net, anything else as a serial port.</summary>
    /// <exception cref="ByteLinkException">It cannot be had; the message says what to do.</exception>
    public static IByteLink Open(string port, SerialSettings settings, TimeProvider time)
    {
        if (port.StartsWith(Tcp, StringComparison.OrdinalIgnoreCase)) return TcpLink.Open(port, settings, time);
        return OperatingSystem.IsLinux() ? TermiosLink.Open(port, settings, time) : SystemPortLink.Open(port, settings, time);
    }

    internal static ByteLinkException NotFound(string port, Exception? inner = null)
    {
        var there = All();
        return new(ByteLinkFailure.NotFound, $"there is no port {port}: {(there.Count == 0 ? "no serial adapter is plugged in" : $"plugged in are {string.Join(", ", there)}")}", inner);
    }

    internal static ByteLinkException NotPermitted(string port, Exception? inner = null) => new(ByteLinkFailure.NotPermitted,
        $"this user may not open {port}: {(!OperatingSystem.IsLinux() ? "join its group (see your system's manual)" : PortGroup.Of(port) is { } group ? $"join its group (sudo usermod -aG {group} $USER, then log in again)" : "nor may any group: a rule of udev is to give it one")}", inner);

    private static string RealName(string link) => File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link;
}
