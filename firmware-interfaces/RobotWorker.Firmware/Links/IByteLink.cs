namespace RobotWorker.Firmware.Links;

/// <summary>
/// A two-way stream of bytes to hardware: a serial port, a TCP bridge, or a device in memory. Its calls are synchronous, since a control cycle on a half-duplex bus is ask, wait, read, on a thread of its
/// own. No call outlasts its time; the only exception is <see cref="ByteLinkException"/>, and after the first the link is dead: dispose of it and open another. One thread at a time.
/// </summary>
public interface IByteLink : IDisposable
{
    /// <summary>What a person calls it: <c>/dev/serial/by-id/usb-...</c>, <c>tcp://bridge:3333</c>.</summary>
    string Name { get; }

    /// <summary>All of the bytes, or an exception.</summary>
    /// <exception cref="ByteLinkException">The link is gone, or did not take them in time.</exception>
    void Write(ReadOnlySpan<byte> bytes, TimeSpan within);

    /// <summary>What has come, as soon as there is at least one byte.</summary>
    /// <returns>How many bytes; 0 where none came in time.</returns>
    /// <exception cref="ByteLinkException">The link is gone.</exception>
    int Read(Span<byte> buffer, TimeSpan within);

    /// <summary>Forgets what has come and was not read.</summary>
    /// <exception cref="ByteLinkException">The link is gone.</exception>
    void DiscardInput();
}
