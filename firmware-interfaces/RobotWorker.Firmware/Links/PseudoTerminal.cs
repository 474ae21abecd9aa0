using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace RobotWorker.Firmware.Links;

/// <summary>A pseudo-terminal: its slave is a serial port to whoever opens it, and this side is the cable's other end. Closing it is pulling the cable. Linux only.</summary>
[SupportedOSPlatform("linux")]
public sealed class PseudoTerminal : IDisposable
{
    private readonly ManualResetEventSlim nobody = new();
    private int master;

    /// <exception cref="IOException">The system gives none.</exception>
    public PseudoTerminal()
    {
        master = Libc.OpenPseudoTerminal(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec);
        var name = new byte[128];
        if (master < 0 || Libc.GrantSlave(master) != 0 || Libc.UnlockSlave(master) != 0 || Libc.SlaveName(master, name, (nuint)name.Length) != 0)
            throw new IOException($"this system gives no pseudo-terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        Slave = Encoding.UTF8.GetString(name.AsSpan(0, Array.IndexOf(name, (byte)0)));
    }

    /// <summary>The port's path, such as /dev/pts/4.</summary>
    public string Slave { get; }

    /// <exception cref="IOException">The other side takes no bytes.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Libc.Write(master, bytes);
            if (count <= 0) throw new IOException($"{Slave}: {Marshal.GetLastPInvokeErrorMessage()}");
            bytes = bytes[(int)count..];
        }
    }

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many; 0 where none came in time, or nobody has the port open.</returns>
    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var asked = new Libc.PollFile { File = master, Events = Libc.PollIn };
        if (Libc.Poll(ref asked, 1, (int)Math.Ceiling(within.TotalMilliseconds)) <= 0) return 0;
        if ((asked.Returned & Libc.PollIn) == 0)
        {
            // Nobody has the port open: that is told at once, again and again.
            nobody.Wait(within);
            return 0;
        }
        return (int)Math.Max(0, Libc.Read(master, buffer));
    }

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        if (master >= 0) _ = Libc.Close(master);
        master = -1;
        nobody.Dispose();
    }
}
