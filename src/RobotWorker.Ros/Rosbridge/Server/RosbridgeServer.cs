using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server.Actions;
using RobotWorker.Ros.Rosbridge.Server.Rosapi;
using RobotWorker.Ros.Rosbridge.Server.Topics;
using RobotWorker.Ros.Rosbridge.Server.Wire;

namespace RobotWorker.Ros.Rosbridge.Server;

/// <summary>
/// Serves a graph to rosbridge clients (roslib, RosSharp, Foxglove, our own). Each client is a node of its own on the graph, with its own name, so that
/// what it holds goes with it; goals that it sent go on, as on any ROS graph. Unlike the reference servers it answers what it cannot do with a
/// <c>status</c> operation.
/// </summary>
/// <remarks>It lives on the loop; sockets are read and written on the pool (folder Wire), and messages are encoded once for all clients that want them alike.</remarks>
public sealed class RosbridgeServer : IDisposable, IClients
{
    private readonly List<ClientSession> sessions = [];
    private readonly RosapiNode? rosapi;
    private readonly Ros1Actions? actionlib;
    private readonly Listener listener;
    private int joined;
    private bool disposed;

    /// <summary>Starts to listen.</summary>
    /// <param name="loop">The loop of the graph.</param>
    /// <param name="graph">What is served.</param>
    /// <param name="options">How.</param>
    /// <exception cref="SocketException">The port is taken, or may not be listened on.</exception>
    public RosbridgeServer(RosLoop loop, InProcessGraph graph, RosbridgeServerOptions options)
    {
        Graph = graph;
        Options = options;
        Types = new(graph, options.Dialect);
        Frames = new(options.Dialect, graph.Time);
        listener = new(options, this, loop.PostFromOutside);
        // Where another server of the same graph tells already, this one need not.
        rosapi = graph.FindService("/rosapi/topics") is null ? new(graph, Types, options.Dialect) : null;
        actionlib = options.Dialect == RosDialect.Ros1 ? new(graph) : null;
    }

    /// <summary>Raised on the loop when a client came or went.</summary>
    public event Action<RosbridgeClientChange>? ClientsChanged;

    /// <summary>Raised on the loop when somebody was not let in, with who and why.</summary>
    public event Action<string>? Refused;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => listener.Endpoint;

    /// <summary>The clients of now, in the order in which they came.</summary>
    public IReadOnlyList<RosbridgeClient> Clients => [.. sessions.Select(session => session.Client)];

    internal InProcessGraph Graph { get; }

    internal RosbridgeServerOptions Options { get; }

    internal TypeNames Types { get; }

    internal FrameCache Frames { get; }

    /// <summary>Lets every client go and stops listening.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        listener.Dispose();
        rosapi?.Dispose();
        actionlib?.Dispose();
        foreach (var session in sessions.ToList()) session.LetGo(CloseReason.Leaving);
        while (sessions.Count > 0) Leave(sessions[0], CloseReason.Leaving.Text);
    }

    /// <summary>A time that a client gave, on the loop's clock.</summary>
    internal TimeSpan OnLoop(TimeSpan ofClient) => ofClient * Options.Rate;

    IClientOps? IClients.Join(ClientSocket socket)
    {
        if (disposed)
        {
            socket.Outbox.Close(CloseReason.Leaving);
            return null;
        }

        var session = new ClientSession(this, socket, $"rosbridge_client_{++joined}", joined);
        sessions.Add(session);
        ClientsChanged?.Invoke(new(session.Client, true, ""));
        return session;
    }

    void IClients.Leave(IClientOps client, string why) => Leave((ClientSession)client, why);

    void IClients.TurnedAway(string who) => Refused?.Invoke(who);

    private void Leave(ClientSession session, string why)
    {
        if (!sessions.Remove(session)) return;
        session.Dispose();
        ClientsChanged?.Invoke(new(session.Client, false, why));
    }
}
