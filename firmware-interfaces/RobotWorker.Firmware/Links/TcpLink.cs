using System.Net.Sockets;

namespace RobotWorker.Firmware.Links;

/// <summary>A serial port behind a network bridge that passes bytes as they are, such as ser2net in raw mode.</summary>
public sealed class TcpLink : IByteLink
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    private readonly Socket socket;
    private readonly TimeProvider time;

    private TcpLink(string name, Socket socket, TimeProvider time) => (Name, this.socket, this.time) = (name, socket, time);

    public string Name { get; }

    /// <param name="address"><c>tcp://HOST:PORT</c></param>
    /// <exception cref="ByteLinkException">Nobody answers there within five seconds.</exception>
    public static TcpLink Open(string address, TimeProvider time)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != "tcp" || uri.Port <= 0)
            throw new ByteLinkException(ByteLinkFailure.NotFound, $"'{address}' is no address of a bridge: write tcp://HOST:PORT");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var attempt = socket.BeginConnect(uri.DnsSafeHost, uri.Port, null, null);
            if (!attempt.AsyncWaitHandle.WaitOne(Connecting)) throw new SocketException((int)SocketError.TimedOut);
            socket.EndConnect(attempt);
            socket.Blocking = false;
            return new(address, socket, time);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new ByteLinkException(ByteLinkFailure.NotFound, $"nobody answers at {address}: {refused.Message}. Is the bridge (ser2net) running?", refused);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        var start = time.GetTimestamp();
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
        Span<byte> old = stackalloc byte[512];
        while (Received(old, out _) > 0)
        {
        }
    }

    public void Dispose() => socket.Dispose();

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
