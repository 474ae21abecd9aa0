using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>Two sockets of this process that are connected with each other.</summary>
internal static class SocketPair
{
    /// <summary>Makes one. A stranger who connects in between is turned away.</summary>
    public static async Task<(Socket Near, Socket Far)> OpenAsync(CancellationToken cancel)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4);
        var near = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await near.ConnectAsync(listener.LocalEndPoint!, cancel).ConfigureAwait(false);
            while (true)
            {
                var far = await listener.AcceptAsync(cancel).ConfigureAwait(false);
                far.NoDelay = true;
                if (Equals(far.RemoteEndPoint, near.LocalEndPoint)) return (near, far);
                far.Dispose();
            }
        }
        catch
        {
            near.Dispose();
            throw;
        }
    }
}
