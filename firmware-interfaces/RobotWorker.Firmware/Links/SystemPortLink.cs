using System.IO.Ports;

namespace RobotWorker.Firmware.Links;

/// <summary>
/// A serial port by System.IO.Ports, for systems without termios. Measured traps of it (on Linux): DataReceived is late by up to 19 ms, IsOpen stays true after a hang-up, and after a later write Flush,
/// Close and Dispose hang for ever. So one read is always posted, only its failure or a write's says that the link is gone, and only the base stream is disposed of.
/// </summary>
public sealed class SystemPortLink : IByteLink
{
    private const int Kept = 1 << 16;

    private readonly Stream stream;
    private readonly PortLock? held;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Queue<byte> come = new();
    private readonly SemaphoreSlim something = new(0);
    private ByteLinkException? over;

    private SystemPortLink(SerialPort port, PortLock? held, TimeProvider time)
    {
        (this.held, this.time, stream, Name) = (held, time, port.BaseStream, port.PortName);
        _ = PumpAsync();
    }

    public string Name { get; }

    /// <exception cref="ByteLinkException">It cannot be had; the message says what to do.</exception>
    public static SystemPortLink Open(string name, SerialSettings settings, TimeProvider time)
    {
        var isFile = !OperatingSystem.IsWindows();
        if (isFile && !File.Exists(name)) throw SerialPorts.NotFound(name);
        var held = isFile ? PortLock.Take(name) : null;
        var port = new SerialPort(name, settings.Baud, Parity.None, 8, StopBits.One) { ReadTimeout = SerialPort.InfiniteTimeout };
        try
        {
            port.Open();
            return new(port, held, time);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or ArgumentException or InvalidOperationException)
        {
            held?.Dispose();
            throw refused switch
            {
                // It is raised for a missing device as well, and for what is none: that it is there was seen above.
                UnauthorizedAccessException when isFile && !MayBeOpened(name) => SerialPorts.NotPermitted(name, refused),
                UnauthorizedAccessException when isFile => new ByteLinkException(ByteLinkFailure.Unsupported, $"{name} is no serial port", refused),
                UnauthorizedAccessException => new ByteLinkException(ByteLinkFailure.Busy, $"{name} is in use by another program: end that one first", refused),
                FileNotFoundException or DirectoryNotFoundException => SerialPorts.NotFound(name, refused),
                _ => new ByteLinkException(ByteLinkFailure.Unsupported, $"{name} cannot be opened at {settings.Baud} baud, 8N1: {refused.Message}", refused),
            };
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        ThrowIfOver();
        try
        {
            stream.WriteTimeout = Math.Max(1, (int)within.TotalMilliseconds);
            stream.Write(bytes);
        }
        catch (TimeoutException stuck)
        {
            throw End(new(ByteLinkFailure.Stuck, $"{Name} takes no bytes: {bytes.Length} were not written within {within.TotalMilliseconds:0} ms", stuck));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw End(Lost(gone));
        }
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            lock (gate)
            {
                var count = 0;
                while (count < buffer.Length && come.TryDequeue(out var b)) buffer[count++] = b;
                if (count > 0) return count;
                if (over is not null) throw over;
            }
            var left = within - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !something.Wait(left)) return 0;
        }
    }

    public void DiscardInput()
    {
        ThrowIfOver();
        lock (gate) come.Clear();
    }

    public void Dispose() => End(new(ByteLinkFailure.Lost, $"{Name} was closed"));

    private static bool MayBeOpened(string name)
    {
        try
        {
            File.OpenHandle(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return true;
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private async Task PumpAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                if (count == 0) throw new IOException("the other side ended");
                lock (gate)
                {
                    if (over is not null) return;
                    for (var i = 0; i < count; i++)
                    {
                        // Nobody reads: what is oldest is of least use.
                        if (come.Count == Kept) come.Dequeue();
                        come.Enqueue(buffer[i]);
                    }
                }
                something.Release();
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException or UnauthorizedAccessException)
        {
            End(Lost(gone));
        }
    }

    private ByteLinkException Lost(Exception inner) => new(ByteLinkFailure.Lost, $"{Name} is gone ({inner.Message}): its cable was pulled, or the device restarted", inner);

    /// <summary>The first failure ends the link; the port itself is never closed, since that can hang.</summary>
    private ByteLinkException End(ByteLinkException why)
    {
        lock (gate)
        {
            if (over is not null) return over;
            over = why;
        }
        something.Release();
        stream.Dispose();
        held?.Dispose();
        return why;
    }

    private void ThrowIfOver()
    {
        lock (gate)
            if (over is not null) throw over;
    }
}
