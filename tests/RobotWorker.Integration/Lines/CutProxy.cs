using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Integration.Lines;

/// <summary>How a line fails.</summary>
public enum Cut
{
    /// <summary>Every connection is torn down, and for a while nobody is let in: the server was killed and comes back.</summary>
    Killed,

    /// <summary>The connections of now swallow what is sent, for ever, and neither side is told; new ones work.</summary>
    HalfOpen,

    /// <summary>Nothing passes for a while; then all that was held back does.</summary>
    Silent,
}

/// <summary>A TCP line to a server that can be made to fail. Any thread.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint server;
    private readonly Lock gate = new();
    private readonly List<Pair> pairs = [];
    private readonly ManualResetEventSlim flows = new(true);
    private volatile bool refuses;
    private volatile bool closed;

    public CutProxy(IPEndPoint server)
    {
        this.server = server;
        listener.Start();
        Run("accept", Accept);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Lets the line fail for a while; returns when that is over.</summary>
    public void Fail(Cut how, TimeSpan time)
    {
        switch (how)
        {
            case Cut.Killed:
                refuses = true;
                CloseAll();
                Pass(time);
                refuses = false;
                break;
            case Cut.HalfOpen:
                lock (gate) pairs.ForEach(p => p.Swallows = true);
                Pass(time);
                break;
            case Cut.Silent:
                flows.Reset();
                Pass(time);
                flows.Set();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "no such cut");
        }
    }

    public void Dispose()
    {
        closed = true;
        listener.Stop();
        flows.Set();
        CloseAll();
    }

    private static void Pass(TimeSpan time)
    {
        using var never = new ManualResetEventSlim(false);
        never.Wait(time);
    }

    private void CloseAll()
    {
        lock (gate)
        {
            pairs.ForEach(p => p.Close());
            pairs.Clear();
        }
    }

    private void Accept()
    {
        while (!closed)
        {
            var inner = listener.AcceptSocket();
            if (refuses)
            {
                inner.Close(0);
                continue;
            }
            var outer = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            inner.NoDelay = true;
            outer.Connect(server);
            var pair = new Pair(inner, outer);
            lock (gate) pairs.Add(pair);
            Run("to server", () => Pump(pair, inner, outer));
            Run("to client", () => Pump(pair, outer, inner));
        }
    }

    private void Pump(Pair pair, Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (from.Receive(buffer) is > 0 and var count)
        {
            flows.Wait();
            if (pair.Swallows) continue;
            for (var sent = 0; sent < count;) sent += to.Send(buffer, sent, count - sent, SocketFlags.None);
        }
        // The end of a half-open connection is not heard either.
        if (!pair.Swallows) pair.Close();
    }

    private static void Run(string name, Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The line was cut here, or an end went away: that is what it is for.
        }
    }) { IsBackground = true, Name = $"cut proxy: {name}" }.Start();

    private sealed class Pair(Socket inner, Socket outer)
    {
        private volatile bool swallows;

        public bool Swallows
        {
            get => swallows;
            set => swallows = value;
        }

        public void Close()
        {
            inner.Close(0);
            outer.Close(0);
        }
    }
}
