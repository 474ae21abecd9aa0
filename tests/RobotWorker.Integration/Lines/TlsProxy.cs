using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RobotWorker.Integration.Lines;

/// <summary>What stands before a rosbridge server that shall be reached by <c>wss://</c>: it ends TLS, with a certificate of an authority that nobody knows.</summary>
internal sealed class TlsProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate;
    private readonly Uri server;
    private int served;

    /// <param name="server">The server behind it, <c>ws://127.0.0.1:9090</c>.</param>
    public TlsProxy(string server)
    {
        this.server = new(server);
        (AuthorityPem, certificate) = Certificates();
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>The authority's certificate, as PEM.</summary>
    public string AuthorityPem { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections over which TLS was agreed upon.</summary>
    public int Served => Volatile.Read(ref served);

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var outside = client;
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
            using var inside = new TcpClient();
            await inside.ConnectAsync(server.Host, server.Port, stop.Token);
            Interlocked.Increment(ref served);
            await Task.WhenAny(tls.CopyToAsync(inside.GetStream(), stop.Token), inside.GetStream().CopyToAsync(tls, stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client does not believe the certificate, or one side has gone.
        }
    }

    private static (string AuthorityPem, X509Certificate2 Server) Certificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=workshop", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signer = authority.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=robot", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(signer, from, to, [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return (signer.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null));
    }
}
