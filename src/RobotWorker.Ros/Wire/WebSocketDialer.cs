using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;

namespace RobotWorker.Ros.Wire;

/// <summary>An open WebSocket, and the socket under it.</summary>
internal sealed record OpenSocket(WebSocket Socket, BatchedStream Stream) : IDisposable
{
    public void Dispose()
    {
        Socket.Abort();    // Dispose alone would leave the other side waiting for bytes
        Socket.Dispose();
        Stream.Dispose();
    }
}

/// <summary>Opens a WebSocket; fails with an exception that says why.</summary>
internal delegate Task<OpenSocket> Dial(CancellationToken cancel);

/// <summary>Opens WebSockets over TCP, with TLS where the address is <c>wss://</c>.</summary>
internal static class WebSocketDialer
{
    /// <summary>A dialler of this address.</summary>
    /// <param name="uri"><c>ws://host:9090</c> or <c>wss://host</c>.</param>
    /// <param name="token">Sent as <c>Authorization: Bearer</c>; null: none.</param>
    /// <param name="authorities">Who must have signed a certificate; null: whom this machine trusts.</param>
    /// <param name="pingPeriod">How often the other side is asked for a sign of life when it is silent.</param>
    /// <param name="time">The clock of silence.</param>
    public static Dial To(Uri uri, string? token, X509Certificate2Collection? authorities, TimeSpan pingPeriod, TimeProvider time) => async cancel =>
    {
        BatchedStream? stream = null;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(context.DnsEndPoint, stop).ConfigureAwait(false);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }

                return stream = new(new NetworkStream(socket, ownsSocket: true), time);
            },
        };
        if (authorities is not null)
        {
            // A certificate of one's own authority seldom says where it could be revoked.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        var client = new ClientWebSocket();
        try
        {
            client.Options.HttpVersion = HttpVersion.Version11;
            client.Options.KeepAliveInterval = pingPeriod;
            // A finite time-out makes it send pings, which are answered, instead of pongs, which are not. The link itself watches the silence.
            client.Options.KeepAliveTimeout = TimeSpan.FromHours(1);
            if (token is not null) client.Options.SetRequestHeader("Authorization", "Bearer " + token);
            await client.ConnectAsync(uri, invoker, cancel).ConfigureAwait(false);
            return new(client, stream!);
        }
        catch
        {
            client.Dispose();
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    };
}
