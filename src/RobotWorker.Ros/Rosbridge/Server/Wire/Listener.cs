using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Wire;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>Takes connections in, shakes hands, and serves each on threads of the pool until it ends.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(5);

    // How many may be shaking hands at once.
    private const int MostStrangers = 1024;

    private readonly RosbridgeServerOptions options;
    private readonly Handshake handshake;
    private readonly IClients host;
    private readonly Action<Action> post;
    private readonly TcpListener listener;
    private readonly CancellationTokenSource leaving = new();
    private int clients;
    private int connections;

    /// <param name="options">Where it listens, and whom it lets in.</param>
    /// <param name="host">Takes clients in, on the loop.</param>
    /// <param name="post">The loop's door.</param>
    /// <exception cref="SocketException">The port is taken, or may not be listened on.</exception>
    public Listener(RosbridgeServerOptions options, IClients host, Action<Action> post)
    {
        (this.options, this.host, this.post) = (options, host, post);
        handshake = new(options);
        listener = new(options.Endpoint);
        try
        {
            listener.Start();
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        Endpoint = (IPEndPoint)listener.LocalEndpoint;
        _ = AcceptAsync();
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public IPEndPoint Endpoint { get; }

    public void Dispose()
    {
        leaving.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                var connection = await listener.AcceptSocketAsync(leaving.Token).ConfigureAwait(false);
                _ = Task.Run(() => TakeAsync(connection));
            }
            catch (SocketException) when (!leaving.IsCancellationRequested)
            {
                await Task.Delay(100).ConfigureAwait(false);    // too many open files, or a client that left at once
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(Socket connection)
    {
        var peer = connection.RemoteEndPoint?.ToString() ?? "?";
        try
        {
            connection.NoDelay = true;
            await ServeAsync(options.Wire is null ? connection : await options.Wire.ThroughAsync(connection, WebSocketUnits.Both(Traffic.NameOf), leaving.Token).ConfigureAwait(false), peer)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            connection.Dispose();    // it left at once, or the wire is cut
        }
    }

    private async Task ServeAsync(Socket connection, string peer)
    {
        using var wire = new NetworkStream(connection, ownsSocket: true);
        // Whoever has not shaken hands takes no client's seat: else half a handshake, sent often enough, would shut everyone out before the token is asked.
        if (Interlocked.Increment(ref connections) > options.MostClients + MostStrangers)
        {
            Interlocked.Decrement(ref connections);
            return;
        }

        var isSeated = false;
        try
        {
            connection.NoDelay = true;
            using var within = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token);
            within.CancelAfter(HandshakeWithin);
            if (await handshake.AcceptAsync(wire, () => isSeated = TakeSeat(), within.Token).ConfigureAwait(false) is { } problem)
            {
                post(() => host.TurnedAway($"{peer}: {problem}"));
                return;
            }

            using var frames = new FrameSocket(wire, isServer: true, options.MostInboundBytes, TimeProvider.System);
            await ServeAsync(new ClientSocket(frames, peer, options)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            post(() => host.TurnedAway($"{peer}: the connection broke before it was a WebSocket"));
        }
        finally
        {
            Interlocked.Decrement(ref connections);
            if (isSeated) Interlocked.Decrement(ref clients);
        }
    }

    private bool TakeSeat()
    {
        if (Interlocked.Increment(ref clients) <= options.MostClients) return true;
        Interlocked.Decrement(ref clients);
        return false;
    }

    // Everything enters the loop by its door, in order: first the client, then what it sent.
    private async Task ServeAsync(ClientSocket socket)
    {
        IClientOps? client = null;
        post(() => client = host.Join(socket));
        var why = await socket.RunAsync((ops, bytes) => post(() =>
        {
            client?.Take(ops);
            socket.Handled(bytes);
        })).ConfigureAwait(false);
        post(() =>
        {
            if (client is not null) host.Leave(client, why);
        });
    }
}
