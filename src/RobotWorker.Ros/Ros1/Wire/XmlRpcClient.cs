using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Sockets;
using RobotWorker.Ros.Ros1.XmlRpc;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Calls methods of other programs. Connections are kept for the next call; an answer is read up to a bound.</summary>
internal sealed class XmlRpcClient : IDisposable
{
    /// <summary>The longest answer: a robot's description in the parameter server takes a few megabytes.</summary>
    private const int MaximalAnswer = 64 << 20;

    private static readonly MediaTypeHeaderValue Xml = new("text/xml");

    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public XmlRpcClient(TimeProvider clock, FaultyWire? wire = null)
        : this(clock, Transport(wire))
    {
    }

    /// <summary>Calls by a transport of the caller's.</summary>
    public XmlRpcClient(TimeProvider clock, HttpMessageHandler transport)
    {
        this.clock = clock;
        http = new(transport) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaximalAnswer };
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="Ros1Exception">Nobody is there, nobody answers in time, or the answer is a fault or nonsense.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<XmlRpcValue> CallAsync(Uri address, string method, ImmutableArray<XmlRpcValue> arguments, TimeSpan deadline, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using var content = new ByteArrayContent(XmlRpcWriter.Call(method, arguments));
            content.Headers.ContentType = Xml;
            using var answer = await http.PostAsync(address, content, either.Token);
            if (!answer.IsSuccessStatusCode) throw new Ros1Exception($"{address} answers {method} with HTTP status {(int)answer.StatusCode}");
            return XmlRpcReader.Response(await answer.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new Ros1Exception($"{address} does not answer {method} within {deadline.TotalSeconds:0.###} s");
        }
        catch (Exception wrong) when (wrong is HttpRequestException or IOException or UriFormatException)    // the last: a host that only the handler looks at
        {
            throw new Ros1Exception($"{address} cannot be reached: {wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is XmlRpcException or XmlRpcFaultException)
        {
            throw new Ros1Exception($"{address} answers {method} with {wrong.Message}", wrong);
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Transport(FaultyWire? wire)
    {
        // No proxy of the environment, no redirection: a node's address is that node.
        var transport = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10) };
        if (wire is not null)
            transport.ConnectCallback = async (connection, cancel) =>
            {
                var peer = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await peer.ConnectAsync(connection.DnsEndPoint, cancel);
                    return new NetworkStream(await wire.ThroughAsync(peer, WireCutters.Plain(), cancel), ownsSocket: true);
                }
                catch
                {
                    peer.Dispose();
                    throw;
                }
            };
        return transport;
    }
}
