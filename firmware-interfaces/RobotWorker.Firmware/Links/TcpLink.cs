using System.Net.Sockets;

namespace RobotWorker.Firmware.Links;

/// <summary>A serial port behind a network bridge that passes bytes as they are, such as ser2net in raw mode.</summary>
public sealed class TcpLink : IByteLink
{
    private readonly Socket socket;
    private readonly TimeProvider time;
    private readonly SerialSettings settings;
    private readonly long began;
    private IAsyncResult? connecting;

    private TcpLink(string name, Uri address, SerialSettings settings, TimeProvider time)
    {
        (Name, this.settings, this.time, began) = (name, settings, time, time.GetTimestamp());
        socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            connecting = socket.BeginConnect(address.DnsSafeHost, address.Port, null, null);
        }
        catch (SocketException refused)
        {
            throw NoAnswer(refused);
        }
    }

    public string Name { get; }

    /// <param name="address"><c>tcp://HOST:PORT</c></param>
    /// <exception cref="ByteLinkException">Nobody answers there in time.</exception>
    public static TcpLink Open(string address, SerialSettings settings, TimeProvider time)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != "tcp" || uri.Port <= 0)
            throw new ByteLinkException(ByteLinkFailure.NotFound, $"'{address}' is no address of a bridge: write tcp://HOST:PORT");
        var link = new TcpLink(address, uri, settings, time);
        if (settings.WaitsForBridge && !link.IsConnected(settings.ConnectsWithin)) throw link.NoAnswer(new((int)SocketError.TimedOut));
        return link;
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        var start = time.GetTimestamp();
        if (!IsConnected(within)) throw new ByteLinkException(ByteLinkFailure.Stuck, $"{Name} does not answer yet");
        while (!bytes.IsEmpty)
        {
            var count = Sent(bytes, out var error);
            if (count == 0 && error != SocketError.WouldBlock) throw Lost(error);
            if (count == 0 && !Waited(SelectMode.SelectWrite, start, within))
                throw new ByteLinkException(ByteLinkFailure.Stuck, $"{Name} takes no bytes: {bytes.Length} were not written within {within.TotalMilliseconds:0} ms");
            bytes = bytes[count..];
        }
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var start = time.GetTimestamp();
        if (!IsConnected(within)) return 0;
        while (true)
        {
            var count = Received(buffer, out var error);
            if (count > 0) return count;
            if (error != SocketError.WouldBlock) throw Lost(error == SocketError.Success ? null : error);
            if (!Waited(SelectMode.SelectRead, start, within)) return 0;
        }
    }

    public void DiscardInput()
    {
        if (connecting is not null) return;
        Span<byte> old = stackalloc byte[512];
        while (Received(old, out _) > 0)
        {
        }
    }

    public void Dispose() => socket.Dispose();

    private bool IsConnected(TimeSpan within)
    {
        if (connecting is null) return true;
        if (!connecting.AsyncWaitHandle.WaitOne(within))
            return time.GetElapsedTime(began) < settings.ConnectsWithin ? false : throw NoAnswer(new((int)SocketError.TimedOut));
        try
        {
            socket.EndConnect(connecting);
        }
        catch (SocketException refused)
        {
            throw NoAnswer(refused);
        }
        catch (ObjectDisposedException)
        {
            throw Lost(null);
        }
        connecting = null;
        socket.Blocking = false;
        return true;
    }

    private ByteLinkException NoAnswer(SocketException why)
    {
        socket.Dispose();
        return new(ByteLinkFailure.NotFound, $"nobody answers at {Name}: {why.Message}. Is the bridge (ser2net) running?", why);
    }

    private int Sent(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        try
        {
            return socket.Send(bytes, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            throw Lost(null);
        }
    }

    private int Received(Span<byte> buffer, out SocketError error)
    {
        try
        {
            return socket.Receive(buffer, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            throw Lost(null);
        }
    }

    private bool Waited(SelectMode mode, long start, TimeSpan within)
    {
        var left = within - time.GetElapsedTime(start);
        return left > TimeSpan.Zero && socket.Poll(left, mode);
    }

    private ByteLinkException Lost(SocketError? error) => new(ByteLinkFailure.Lost, $"{Name} is gone{(error is null ? "" : $" ({error})")}: the bridge ended, or the network");
}
