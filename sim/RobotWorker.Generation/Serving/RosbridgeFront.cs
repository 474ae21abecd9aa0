using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server;

namespace RobotWorker.Generation.Serving;

/// <summary>The robot behind a rosbridge server.</summary>
public sealed class RosbridgeFront : IFront
{
    private readonly RosbridgeServer server;
    private readonly RosbridgeServerOptions options;
    private readonly WorkerSilence silence;

    private RosbridgeFront(RosbridgeServer server, RosbridgeServerOptions options, Action<string> tell)
    {
        (this.server, this.options) = (server, options);
        silence = new(server);
        server.ClientsChanged += change => tell(Line(change));
        server.Refused += who => tell($"turned away {who}");
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public IPEndPoint Endpoint => server.Endpoint;

    /// <inheritdoc/>
    public string Where => $"rosbridge ({(options.Dialect == RosDialect.Ros1 ? "ROS 1" : "ROS 2")}) at ws://{server.Endpoint}{(options.Token is null ? "" : ", token needed")}";

    /// <inheritdoc/>
    public TimeSpan? SilentFor => silence.SilentFor;

    /// <summary>Opens it.</summary>
    public static OpenFront With(RosbridgeServerOptions options) => (loop, graph, tell) =>
    {
        try
        {
            return Task.FromResult<IFront>(new RosbridgeFront(new(loop, graph, options), options, tell));
        }
        catch (SocketException refused)
        {
            var help = refused.SocketErrorCode == SocketError.AddressAlreadyInUse ? "; another program listens there: end it, or choose another port" : "";
            throw new FrontException($"cannot listen on {options.Endpoint}: {refused.Message}{help}", refused);
        }
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Line(RosbridgeClientChange change)
    {
        var client = change.Client;
        var number = server.Clients.Count == 1 ? "1 client" : $"{server.Clients.Count} clients";
        return change.IsThere
            ? $"client {client.Peer} came ({number})"
            : $"client {client.Peer} went after {client.Operations} operations: {change.Why}{(client.Lost > 0 ? $"; it lost {client.Lost} messages by reading slowly" : "")} ({number})";
    }
}
