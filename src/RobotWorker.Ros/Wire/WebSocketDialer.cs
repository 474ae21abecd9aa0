using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RobotWorker.Ros.Wire;

/// <summary>Opens a WebSocket for messages of at most so many bytes; fails with an exception that says why.</summary>
internal delegate Task<FrameSocket> Dial(int mostBytes, CancellationToken cancel);

/// <summary>Opens WebSockets over TCP, with TLS where the address is <c>wss://</c>.</summary>
internal static class WebSocketDialer
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";    // RFC 6455, 1.3

    /// <summary>A dialler of this address.</summary>
    /// <param name="uri"><c>ws://host:9090</c> or <c>wss://host</c>.</param>
    /// <param name="token">Sent as <c>Authorization: Bearer</c>; null: none.</param>
    /// <param name="authorities">Who must have signed a certificate; null: whom this machine trusts.</param>
    /// <param name="time">The clock of silence.</param>
    public static Dial To(Uri uri, string? token, X509Certificate2Collection? authorities, TimeProvider time) => async (mostBytes, cancel) =>
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        if (authorities is not null)
        {
            // A certificate of one's own authority seldom says where it could be revoked.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var response = await invoker.SendAsync(request, cancel).ConfigureAwait(false);
        try
        {
            Check(response, key);
            return new(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), isServer: false, mostBytes, time);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Check(HttpResponseMessage response, string key)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            throw new WebSocketException("The server lets nobody in without its token, and none or another was given (401): --token-file FILE, or 'token_file' in the robot's profile.");
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
            throw new WebSocketException($"The server answered the WebSocket's handshake with '{(int)response.StatusCode} {response.ReasonPhrase}', not with 101.");
#pragma warning disable CA5350 // the protocol demands SHA-1; it protects nothing
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350
        if (!response.Headers.TryGetValues("Sec-WebSocket-Accept", out var given) || given.Single() != accept)
            throw new WebSocketException("The server's answer to the WebSocket's handshake does not fit: Sec-WebSocket-Accept is missing or wrong.");
        if (response.Headers.Contains("Sec-WebSocket-Extensions"))
            throw new WebSocketException("The server uses a WebSocket extension that nobody asked for.");
    }
}
