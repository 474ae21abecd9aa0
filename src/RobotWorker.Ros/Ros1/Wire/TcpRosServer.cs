using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>The port on which a node's subscribers and its services' clients connect. Their header says what they want.</summary>
internal sealed class TcpRosServer : IDisposable
{
    private readonly Ros1Options options;
    private readonly Listener listener;

    public TcpRosServer(IPAddress address, Ros1Options options)
    {
        this.options = options;
        listener = new(address, options.WireClock, ServeAsync);
    }

    public int Port => listener.Port;

    public ConcurrentDictionary<string, TopicSender> Topics { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, ServiceHost> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Says in a header why the connection is not served, and ends it.</summary>
    public static async Task RefuseAsync(Socket socket, string why, CancellationToken cancel)
    {
        await socket.SendAsync(TcpRosHeader.Write(("error", why)), SocketFlags.None, cancel);
        // What the peer still sends must not turn the ending into a reset, which would eat the words.
        socket.Shutdown(SocketShutdown.Send);
        var rest = new byte[256];
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        while (await socket.ReceiveAsync(rest, SocketFlags.None, either.Token) > 0)
        {
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync(Socket peer, CancellationToken cancel)
    {
        PeerWatch.Begin(peer, options.PeerDeadline);
        using var socket = options.Wire is null ? peer : await options.Wire.ThroughAsync(peer, TcpRosUnits.Both(isServer: true), cancel);
        using var headers = new TcpRosReader(socket, TcpRosHeader.MaximalBytes);
        IReadOnlyDictionary<string, string> header;
        using (var late = new CancellationTokenSource(options.CallDeadline, options.WireClock))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel))
        {
            if (await headers.TakeAsync(either.Token) is not { } bytes) return;
            header = TcpRosHeader.Read(bytes.Span);
        }

        if (header.TryGetValue("topic", out var topic))
        {
            if (Topics.TryGetValue(topic, out var sender)) await sender.ServeAsync(socket, header, cancel);
            else await RefuseAsync(socket, $"{topic} is not published here", cancel);
        }
        else if (header.TryGetValue("service", out var service))
        {
            // The client may have sent its first request together with its header: the same reader goes on.
            headers.MaximalBytes = options.MaximalMessageBytes;
            if (Services.TryGetValue(service, out var host)) await host.ServeAsync(socket, headers, header, cancel);
            else await RefuseAsync(socket, $"{service} is not offered here", cancel);
        }
        else await RefuseAsync(socket, "the header names neither a topic nor a service", cancel);
    }
}
