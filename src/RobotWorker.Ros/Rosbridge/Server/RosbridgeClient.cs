using RobotWorker.Ros.Rosbridge.Server.Wire;

namespace RobotWorker.Ros.Rosbridge.Server;

/// <summary>A client that is connected, as the server's owner sees it. Read on the loop.</summary>
public sealed class RosbridgeClient
{
    private readonly ClientSocket socket;

    internal RosbridgeClient(ClientSocket socket, string node, DateTimeOffset since) => (this.socket, Node, Since, LastHeard) = (socket, node, since, since);

    /// <summary>Where it comes from: <c>127.0.0.1:43210</c>.</summary>
    public string Peer => socket.Peer;

    /// <summary>Its name on the graph.</summary>
    public string Node { get; }

    /// <summary>When it came, on the loop's clock.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>When its last operation came, on the loop's clock; when it came itself, if there was none.</summary>
    public DateTimeOffset LastHeard { get; internal set; }

    /// <summary>How long nothing at all has come from it, on the machine's clock. It is pinged, and its answers count: a client that only listens is not silent.</summary>
    public TimeSpan SilentFor => socket.SilentFor;

    /// <summary>Operations that it sent.</summary>
    public long Operations { get; internal set; }

    /// <summary>Whether it has commanded something: published, called, sent a goal. Until then it only looks on.</summary>
    public bool HasCommanded { get; internal set; }

    /// <summary>Messages of its subscriptions that were lost because it reads too slowly.</summary>
    public long Lost => socket.Outbox.Lost;

    /// <summary>Bytes that wait for it.</summary>
    public long Waiting => socket.Outbox.Bytes;
}

/// <summary>A client came or went.</summary>
/// <param name="Client">The client.</param>
/// <param name="IsThere">It came; else it went.</param>
/// <param name="Why">Why it went; empty when it came.</param>
public sealed record RosbridgeClientChange(RosbridgeClient Client, bool IsThere, string Why);
