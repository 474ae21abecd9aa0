using System.Runtime.InteropServices;
using System.Text;

namespace RobotWorker.Testing;

/// <summary>A pseudo-terminal: its slave is a serial port to whoever opens it, and this side is the cable's other end. Closing it is pulling the cable.</summary>
public sealed partial class Pty : IDisposable
{
    private int master;

    public Pty()
    {
        if (!OperatingSystem.IsLinux()) Peer.Missing("pseudo-terminals are tried on Linux alone");
        master = OpenMaster(0x102);
        var name = new byte[128];
        if (master < 0 || Grant(master) != 0 || Unlock(master) != 0 || NameOf(master, name, (nuint)name.Length) != 0)
            Peer.Missing($"this machine gives no pseudo-terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        Slave = Encoding.UTF8.GetString(name.AsSpan(0, Array.IndexOf(name, (byte)0)));
    }

    /// <summary>The port's path.</summary>
    public string Slave { get; }

    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            if (Write(master, start, (nuint)bytes.Length) != bytes.Length) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many; 0 after <paramref name="milliseconds"/>, or when the slave is closed.</returns>
    public unsafe int Read(Span<byte> buffer, int milliseconds = 2000)
    {
        var asked = new PollFile { File = master, Events = 1 };
        if (Poll(ref asked, 1, milliseconds) <= 0) return 0;
        fixed (byte* start = buffer) return (int)Math.Max(0, Read(master, start, (nuint)buffer.Length));
    }

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        if (master >= 0) _ = Close(master);
        master = -1;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events, Returned;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int file);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(int file, byte[] name, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(int file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
