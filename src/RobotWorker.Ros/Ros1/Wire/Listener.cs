using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Accepts TCP connections on a free port and lets each be served, at most so many at a time. Disposing it ends them all.</summary>
internal sealed class Listener : IDisposable
{
    private const int MostConnections = 1000;

    private readonly Socket socket;
    private readonly Func<Socket, CancellationToken, Task> serve;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stop = new();
    private int open;

    /// <param name="address">Where it listens.</param>
    /// <param name="clock">The clock of its pauses.</param>
    /// <param name="serve">Serves one connection to its end. It gets the socket and keeps or disposes it.</param>
    public Listener(IPAddress address, TimeProvider clock, Func<Socket, CancellationToken, Task> serve)
    {
        this.serve = serve;
        this.clock = clock;
        socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen(128);
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _ = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    public void Dispose()
    {
        if (stop.IsCancellationRequested) return;
        _ = stop.CancelAsync();    // not on the caller's thread: what waits goes on where it is cancelled
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await socket.AcceptAsync(stop.Token);
                if (Interlocked.Increment(ref open) > MostConnections)
                {
                    Interlocked.Decrement(ref open);
                    client.Dispose();
                    continue;
                }

                client.NoDelay = true;
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client went away again, or this process has no file descriptors left: the latter passes, and must not spin.
                await Pause.For(TimeSpan.FromMilliseconds(50), clock, stop.Token);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await serve(client, stop.Token);
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException or ObjectDisposedException or Ros1Exception)
        {
            client.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}
