using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RobotWorker.Firmware.Links;

/// <summary>A serial port by termios2 and poll: any baud rate, and a fraction of System.IO.Ports' latency, which waits on timers. Linux only.</summary>
[SupportedOSPlatform("linux")]
public sealed class TermiosLink : IByteLink
{
    // An adapter that keeps bytes for longer than this spoils a control cycle of 10 ms.
    private const int MostLatencyMilliseconds = 2;

    private readonly PortLock held;
    private readonly TimeProvider time;
    private int file;

    private TermiosLink(string name, int file, PortLock held, TimeProvider time) => (Name, this.file, this.held, this.time) = (name, file, held, time);

    public string Name { get; }

    /// <exception cref="ByteLinkException">It cannot be had; the message says what to do.</exception>
    public static TermiosLink Open(string port, SerialSettings settings, TimeProvider time)
    {
        if (!File.Exists(port)) throw SerialPorts.NotFound(port);
        var held = PortLock.Take(port);
        var file = -1;
        try
        {
            file = Libc.Open(port, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
            if (file < 0) throw Refused(port, Marshal.GetLastPInvokeError());
            Configure(port, file, settings);
            return new(port, file, held, time);
        }
        catch (ByteLinkException)
        {
            if (file >= 0) _ = Libc.Close(file);
            held.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        var start = time.GetTimestamp();
        while (!bytes.IsEmpty)
        {
            var count = Libc.Write(Opened(), bytes);
            if (count > 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (count < 0 && error is not (Libc.TryAgain or Libc.Interrupted)) throw Lost(error);
            var left = within - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !IsReady(Libc.PollOut, left))
                throw new ByteLinkException(ByteLinkFailure.Stuck, $"{Name} takes no bytes: {bytes.Length} were not written within {within.TotalMilliseconds:0} ms");
        }
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var count = Libc.Read(Opened(), buffer);
            if (count > 0) return (int)count;
            var error = Marshal.GetLastPInvokeError();
            // Nothing there yet reads as EAGAIN; nothing there for ever, the end of the other side, as 0.
            if (count == 0) throw Lost(0);
            if (error is not (Libc.TryAgain or Libc.Interrupted)) throw Lost(error);
            var left = within - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !IsReady(Libc.PollIn, left)) return 0;
        }
    }

    public void DiscardInput()
    {
        if (Libc.Control(Opened(), Libc.Flush, Libc.InputQueue) < 0) throw Lost(Marshal.GetLastPInvokeError());
    }

    public void Dispose()
    {
        if (file < 0) return;
        // The kernel would wait up to half a minute for what cannot be sent any more.
        _ = Libc.Control(file, Libc.Flush, Libc.BothQueues);
        _ = Libc.Close(file);
        file = -1;
        held.Dispose();
    }

    private int Opened() => file >= 0 ? file : throw new ByteLinkException(ByteLinkFailure.Lost, $"{Name} was closed");

    /// <summary>Waits until it can be read or written, or is gone: a read or write tells which.</summary>
    private bool IsReady(short what, TimeSpan within)
    {
        var asked = new Libc.PollFile { File = Opened(), Events = what };
        return Libc.Poll(ref asked, 1, Math.Max(1, (int)Math.Ceiling(within.TotalMilliseconds))) > 0;
    }

    private ByteLinkException Lost(int error) =>
        new(ByteLinkFailure.Lost, $"{Name} is gone{(error == 0 ? "" : $" ({Marshal.GetPInvokeErrorMessage(error)})")}: its cable was pulled, or the device restarted");

    private static ByteLinkException Refused(string port, int error) => error switch
    {
        Libc.NoEntry or Libc.NoDevice or Libc.NoSuchDevice => SerialPorts.NotFound(port),
        Libc.AccessDenied => SerialPorts.NotPermitted(port),
        Libc.Busy => new(ByteLinkFailure.Busy, $"{port} is in use by another program: end that one first ('fuser {port}' names it)"),
        _ => new(ByteLinkFailure.Unsupported, $"{port} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private static unsafe void Configure(string port, int file, SerialSettings settings)
    {
        if (Libc.Control(file, Libc.Exclusive, 0) < 0) throw Refused(port, Marshal.GetLastPInvokeError());
        var raw = new Libc.Termios2
        {
            // Bits as they are: no echo, no signals, no translation of line ends.
            Control = Libc.EightBits | Libc.Receive | Libc.NoModemLines | Libc.OtherBaud | (Libc.OtherBaud << Libc.InputBaudShift),
            InputSpeed = (uint)settings.Baud,
            OutputSpeed = (uint)settings.Baud,
        };
        // With no least number a read of nothing is 0, as of the end of the other side.
        raw.Characters[Libc.LeastToRead] = 1;
        if (Libc.Control(file, Libc.SetTermios2, ref raw) < 0)
            throw new ByteLinkException(ByteLinkFailure.Unsupported, $"{port} cannot be set to {settings.Baud} baud, 8N1: {Marshal.GetLastPInvokeErrorMessage()}");
        var set = new Libc.Termios2();
        if (Libc.Control(file, Libc.GetTermios2, ref set) == 0 && Math.Abs((double)set.OutputSpeed - settings.Baud) > settings.Baud * 0.03)
            throw new ByteLinkException(ByteLinkFailure.Unsupported, $"{port} does {set.OutputSpeed} baud instead of {settings.Baud}: the adapter cannot do that");
        LowLatency(file);
        WarnOfLatency(port, settings.Log);
        _ = Libc.Control(file, Libc.Flush, Libc.BothQueues);
    }

    // A pseudo-terminal has no such setting, and an adapter's driver may refuse it: then latency_timer tells.
    private static void LowLatency(int file)
    {
        var serial = new Libc.SerialStruct();
        if (Libc.Control(file, Libc.GetSerial, ref serial) < 0) return;
        serial.Flags |= Libc.AsyncLowLatency;
        _ = Libc.Control(file, Libc.SetSerial, ref serial);
    }

    private static void WarnOfLatency(string port, Action<string>? log)
    {
        if (log is null) return;
        var device = Path.GetFileName(File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? port);
        var setting = $"/sys/bus/usb-serial/devices/{device}/latency_timer";
        if (File.Exists(setting) && int.TryParse(File.ReadAllText(setting), NumberStyles.Integer, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > MostLatencyMilliseconds)
            log($"{port} keeps bytes back for up to {milliseconds} ms: 'echo 1 | sudo tee {setting}' makes that 1 ms");
    }
}
