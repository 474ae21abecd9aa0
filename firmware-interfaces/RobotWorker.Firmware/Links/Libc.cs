using System.Runtime.InteropServices;

namespace RobotWorker.Firmware.Links;

/// <summary>What of Linux' C interface a serial port needs (asm-generic: x86-64 and ARM; termios2 is what knows any baud rate).</summary>
internal static partial class Libc
{
    public const int ReadWrite = 2, NoControllingTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const short PollIn = 1, PollOut = 4;
    public const int NoEntry = 2, Interrupted = 4, NoSuchDevice = 6, TryAgain = 11, AccessDenied = 13, Busy = 16, NoDevice = 19;

    public const uint GetTermios2 = 0x802C542A, SetTermios2 = 0x402C542B, Exclusive = 0x540C, Flush = 0x540B, GetSerial = 0x541E, SetSerial = 0x541F;
    public const nint InputQueue = 0, BothQueues = 2;

    public const uint EightBits = 0x30, Receive = 0x80, NoModemLines = 0x800, OtherBaud = 0x1000;
    public const int InputBaudShift = 16, LeastToRead = 6;
    public const int AsyncLowLatency = 1 << 13;

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Termios2
    {
        public uint Input, Output, Control, Local;
        public byte Line;
        public fixed byte Characters[19];
        public uint InputSpeed, OutputSpeed;
    }

    /// <summary>serial_struct: of its 72 bytes only the flags matter here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct SerialStruct
    {
        public int Type, Line;
        public uint Port;
        public int Irq, Flags;
        public fixed byte Rest[52];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFile
    {
        public int File;
        public short Events, Returned;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollFile files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, ref Termios2 argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, ref SerialStruct argument);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenPseudoTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantSlave(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockSlave(int file);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int SlaveName(int file, byte[] name, nuint length);

    public static unsafe nint Read(int file, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return Read(file, start, (nuint)buffer.Length);
    }

    public static unsafe nint Write(int file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return Write(file, start, (nuint)bytes.Length);
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int file, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(int file, byte* buffer, nuint count);
}
