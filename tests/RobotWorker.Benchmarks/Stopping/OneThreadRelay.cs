using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Benchmarks.Stopping;

/// <summary>
/// Stands before a server as one that has a single thread for all of its connections, as rosbridge_suite has: what passes from the server costs that thread time, and while a
/// picture is being sent nobody else is served.
/// </summary>
internal sealed class OneThreadRelay : IDisposable
{
    // A picture of 100 kB takes the thread 20 ms: what Python needs for base64, JSON and the socket, and more.
    private const double SecondsPerByte = 0.2e-6;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private readonly Dictionary<Socket, (Socket Peer, bool FromServer)> pairs = [];
    private readonly byte[] buffer = new byte[1 << 17];
    private readonly Thread thread;
    private volatile bool over;

    public OneThreadRelay(int server)
    {
        this.server = server;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        thread = new(Serve) { IsBackground = true, Name = "relay" };
        thread.Start();
    }

    public int Port { get; }

    /// <summary>The part of the time in which the thread was busy with sending, 0 to 1.</summary>
    public double Busy { get; private set; }

    public void Dispose()
    {
        over = true;
        thread.Join();
        listener.Dispose();
        foreach (var socket in pairs.Keys) socket.Dispose();
    }

    private void Serve()
    {
        var (began, busy) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        while (!over)
        {
            List<Socket> ready = [listener.Server, .. pairs.Keys];
            Socket.Select(ready, null, null, 20_000);
            foreach (var socket in ready)
            {
                var since = TimeProvider.System.GetTimestamp();
                if (socket == listener.Server) Accept();
                else if (pairs.ContainsKey(socket)) Pass(socket);
                busy += TimeProvider.System.GetElapsedTime(since);
            }
            Busy = busy / TimeProvider.System.GetElapsedTime(began);
        }
    }

    private void Accept()
    {
        var client = listener.AcceptSocket();
        var behind = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        behind.Connect(IPAddress.Loopback, server);
        pairs[client] = (behind, false);
        pairs[behind] = (client, true);
    }

    private void Pass(Socket from)
    {
        var (to, fromServer) = pairs[from];
        try
        {
            var read = from.Receive(buffer);
            if (read > 0 && fromServer) Thread.Sleep(TimeSpan.FromSeconds(read * SecondsPerByte));
            for (var sent = 0; sent < read;) sent += to.Send(buffer, sent, read - sent, SocketFlags.None);
            if (read > 0) return;
        }
        catch (SocketException)
        {
            // One end is gone: so is the other.
        }
        pairs.Remove(from);
        pairs.Remove(to);
        from.Dispose();
        to.Dispose();
    }
}
