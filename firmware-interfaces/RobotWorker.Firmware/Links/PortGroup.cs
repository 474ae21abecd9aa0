using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RobotWorker.Firmware.Links;

/// <summary>Who may open a port beside its owner: dialout on Debian, uucp on Arch, and whatever a rule of udev says elsewhere. Linux only.</summary>
[SupportedOSPlatform("linux")]
internal static partial class PortGroup
{
    private const int Here = -100;
    private const uint GroupAndMode = 0x12;
    private const int ReadAndWrite = 0x30;

    /// <summary>The one struct of the kernel's that is the same on every machine.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Statx
    {
        public uint Mask, BlockSize;
        public ulong Attributes;
        public uint Links, User, Group;
        public ushort Mode;
    }

    /// <returns>The group whose members may read and write it; null where there is none.</returns>
    public static string? Of(string port)
    {
        var stat = new Statx();
        if (Read(Here, port, 0, GroupAndMode, ref stat) != 0 || (stat.Mode & ReadAndWrite) != ReadAndWrite) return null;
        var number = stat.Group.ToString(CultureInfo.InvariantCulture);
        return (File.Exists("/etc/group") ? NameOf(number, File.ReadLines("/etc/group")) : null) ?? number;
    }

    /// <param name="lines">Of /etc/group: name, password, number, members.</param>
    internal static string? NameOf(string number, IEnumerable<string> lines) =>
        lines.Select(line => line.Split(':')).Where(parts => parts.Length >= 3 && parts[2] == number).Select(parts => parts[0]).FirstOrDefault();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Read(int folder, string path, int flags, uint mask, ref Statx stat);
}
