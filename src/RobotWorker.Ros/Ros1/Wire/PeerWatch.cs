using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// Lets the system find out that the other machine vanished without closing a connection: by keep-alive while nothing is under way, by a limit on what is
/// not acknowledged, or not taken, while something is.
/// </summary>
internal static class PeerWatch
{
    private const int Probes = 3;

    // What .NET has no name for (linux/tcp.h).
    private const int TcpUserTimeout = 18;

    /// <summary>From now on, after <paramref name="deadline"/> without a sign of the other machine, the socket's reads and writes fail with <see cref="SocketError.TimedOut"/>.</summary>
    /// <param name="socket">A TCP socket.</param>
    /// <param name="deadline">At least 4 s: the system counts whole seconds. Shorter ones hold for what was sent, not for silence.</param>
    public static void Begin(Socket socket, TimeSpan deadline)
    {
        var seconds = (int)Math.Ceiling(deadline.TotalSeconds);
        var pause = Math.Max(1, seconds / 5);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Math.Max(1, seconds - Probes * pause));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, pause);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        // Keep-alive says nothing while data is under way: for that Linux would go on for a quarter of an hour.
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)deadline.TotalMilliseconds));
    }
}
