using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>A connection to another node, after both headers.</summary>
internal sealed class TcpRosClient : IDisposable
{
    private TcpRosClient(Socket socket, TcpRosReader reader, IReadOnlyDictionary<string, string> header)
    {
        Socket = socket;
        Reader = reader;
        Header = header;
    }

    public Socket Socket { get; }

    public TcpRosReader Reader { get; }

    /// <summary>What the other side said.</summary>
    public IReadOnlyDictionary<string, string> Header { get; }

    /// <summary>Connects, says what is wanted, and reads the answer.</summary>
    /// <exception cref="Ros1RefusedException">The other side refuses; its words are in the message.</exception>
    /// <exception cref="Ros1Exception">It cannot be reached, or does not answer in time.</exception>
    public static async Task<TcpRosClient> ConnectAsync(
        string host, int port, IEnumerable<(string Name, string Value)> header, Ros1Options options, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(options.CallDeadline, options.WireClock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var reader = new TcpRosReader(socket, TcpRosHeader.MaximalBytes);
        try
        {
            await socket.ConnectAsync(host, port, either.Token);
            PeerWatch.Begin(socket, options.PeerDeadline);
            if (options.Wire is { } wire)
            {
                socket = await wire.ThroughAsync(socket, TcpRosUnits.Both(isServer: false), either.Token);
                reader.Dispose();
                reader = new(socket, TcpRosHeader.MaximalBytes);
            }

            await socket.SendAsync(TcpRosHeader.Write(header), SocketFlags.None, either.Token);
            if (await reader.TakeAsync(either.Token) is not { } answer) throw new Ros1Exception($"{host}:{port} closed the connection instead of answering its header");
            var fields = TcpRosHeader.Read(answer.Span);
            if (fields.TryGetValue("error", out var error)) throw new Ros1RefusedException($"{host}:{port} refuses: {error}");
            reader.MaximalBytes = options.MaximalMessageBytes;
            return new(socket, reader, fields);
        }
        catch (Exception wrong)
        {
            reader.Dispose();
            socket.Dispose();
            throw wrong switch
            {
                SocketException or ArgumentException => new Ros1Exception($"{host}:{port} cannot be reached: {wrong.Message}", wrong),
                OperationCanceledException when !cancel.IsCancellationRequested =>
                    new Ros1Exception($"{host}:{port} does not answer a connection's header within {options.CallDeadline.TotalSeconds:0.###} s"),
                _ => wrong,
            };
        }
    }

    public void Dispose()
    {
        Socket.Dispose();
        Reader.Dispose();
    }
}
