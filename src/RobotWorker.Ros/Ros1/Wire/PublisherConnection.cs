using System.Net.Sockets;
using RobotWorker.Ros.Ros1.XmlRpc;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>The way from one publisher of a topic: asked for by its API, connected, read, and after a loss tried again with growing pauses, until it is left.</summary>
internal sealed class PublisherConnection : IDisposable
{
    private readonly string node;
    private readonly string topic;
    private readonly WireType type;
    private readonly string publisher;
    private readonly ITopicSink sink;
    private readonly XmlRpcClient api;
    private readonly Ros1Options options;
    private readonly Action<string> problem;
    private readonly Action changed;
    private readonly CancellationTokenSource stop = new();
    private string told = "";

    public PublisherConnection(
        string node, string topic, WireType type, string publisher, ITopicSink sink, XmlRpcClient api, Ros1Options options, Action<string> problem, Action changed)
    {
        this.node = node;
        this.topic = topic;
        this.type = type;
        this.publisher = publisher;
        this.sink = sink;
        this.api = api;
        this.options = options;
        this.problem = problem;
        this.changed = changed;
        _ = Task.Run(RunAsync);
    }

    /// <summary>The publisher's API.</summary>
    public string Publisher => publisher;

    public bool IsConnected { get; private set; }

    public long Received { get; private set; }

    public long ReceivedBytes { get; private set; }

    /// <summary>Asks a publisher where a topic is to be had.</summary>
    /// <exception cref="Ros1Exception">It cannot be reached, refuses, or speaks no TCPROS.</exception>
    public static async Task<(string Host, int Port)> PlaceAsync(XmlRpcClient api, string publisher, string node, string topic, Ros1Options options, CancellationToken cancel)
    {
        if (!Uri.TryCreate(publisher, UriKind.Absolute, out var address) || address.Scheme != "http") throw new Ros1Exception($"'{publisher}' is no node's address");
        var answer = await api.CallAsync(address, "requestTopic", [node, topic, XmlRpcValue.List(XmlRpcValue.List("TCPROS"))], options.CallDeadline, cancel);
        return RosApi.Value(answer, publisher, "requestTopic") is XmlRpcArray([XmlRpcText("TCPROS"), XmlRpcText(var host), XmlRpcInt(var port)]) && port is > 0 and < 65536
            ? (host, port)
            : throw new Ros1Exception($"{publisher} offers no TCPROS for {topic}: {RosApi.Short(answer)}");
    }

    // Not on the caller's thread: what waits goes on where it is cancelled.
    public void Dispose() => _ = stop.CancelAsync();

    private async Task RunAsync()
    {
        var cancel = stop.Token;
        var backOff = new BackOff(options.LeastPause, options.MostPause, new Random(options.JitterSeed ^ topic.Length));
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ReceiveAsync(backOff, cancel);
                Tell("");    // it ended by itself; whatever is wrong next is news
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception wrong) when (wrong is Ros1Exception or SocketException or ObjectDisposedException)
            {
                if (cancel.IsCancellationRequested) return;
                Tell((wrong is Ros1RefusedException refusal ? type.Advised(refusal) : wrong).Message);
            }
            finally
            {
                if (IsConnected)
                {
                    IsConnected = false;
                    changed();
                }
            }

            await Pause.For(backOff.Next(), options.WireClock, cancel);
        }
    }

    private async Task ReceiveAsync(BackOff backOff, CancellationToken cancel)
    {
        var (host, port) = await PlaceAsync(api, publisher, node, topic, options, cancel);
        (string, string)[] header =
        [
            ("callerid", node), ("topic", topic), ("type", type.Name), ("md5sum", type.Md5), ("message_definition", type.Definition), ("tcp_nodelay", "1"),
        ];
        using var client = await TcpRosClient.ConnectAsync(host, port, header, options, cancel);
        if (type.Mismatch(client.Header) is { } mismatch) throw new Ros1Exception(mismatch);
        IsConnected = true;
        changed();
        backOff.Reset();
        do
        {
            while (client.Reader.TryTake(out var message))
            {
                Received++;
                ReceivedBytes += message.Length;
                sink.Take(message.Span);
            }

            sink.Post();
            await sink.RoomAsync(cancel);
        }
        while (await client.Reader.FillAsync(cancel));
    }

    // The same words once: it is tried again and again.
    private void Tell(string what)
    {
        if (what == told) return;
        told = what;
        if (what.Length > 0) problem($"{topic} from {publisher}: {what}; it is tried again");
    }
}
