using RobotWorker.Ros.Rosbridge.Server;

namespace RobotWorker.Generation.Serving;

/// <summary>
/// How long the workers of a served robot have been silent, on the machine's clock. A worker is a client that has commanded something; what counts as its word is any
/// byte from it, answers to pings included. Of several the latest word counts; one that went away says nothing more.
/// </summary>
public sealed class WorkerSilence
{
    private readonly RosbridgeServer server;
    private readonly TimeProvider time;
    private long? left;

    /// <param name="server">Its clients are watched from now on.</param>
    /// <param name="time">The machine's clock; another one in tests.</param>
    public WorkerSilence(RosbridgeServer server, TimeProvider? time = null)
    {
        (this.server, this.time) = (server, time ?? TimeProvider.System);
        server.ClientsChanged += change =>
        {
            if (change is { IsThere: false, Client.HasCommanded: true }) left = this.time.GetTimestamp();
        };
    }

    /// <summary>Null while there was no worker yet.</summary>
    public TimeSpan? SilentFor
    {
        get
        {
            TimeSpan? least = left is { } at ? time.GetElapsedTime(at) : null;
            foreach (var client in server.Clients)
                if (client.HasCommanded && (least is null || client.SilentFor < least)) least = client.SilentFor;
            return least;
        }
    }
}
