using System.Collections.Immutable;
using System.Net;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Rosbridge.Server;

/// <summary>How a rosbridge server listens, whom it lets in, and how much memory a client may cost.</summary>
public sealed record RosbridgeServerOptions
{
    /// <summary>Where it listens. The loopback unless told otherwise: whoever reaches the port moves the robot. Port 0 takes a free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 9090);

    /// <summary>Whose names and fields its clients see.</summary>
    public RosDialect Dialect { get; init; } = RosDialect.Ros2;

    /// <summary>What a client must send as <c>Authorization: Bearer TOKEN</c>; null: nothing.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Origins of web pages that may connect besides those of this machine, such as <c>https://app.example.org</c>; <c>*</c> lets every page in.
    /// Without this rule any page that a person opens could drive a robot on the loopback. Programs send no origin and are not concerned.
    /// </summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    /// <summary>How many clients there may be at once.</summary>
    public int MostClients { get; init; } = 64;

    /// <summary>The largest message that a client may send, whole or in fragments, in bytes.</summary>
    public int MostInboundBytes { get; init; } = 32 << 20;

    /// <summary>What may wait for one client, in bytes. Beyond it the oldest messages of its subscriptions are lost, counted and told.</summary>
    public int MostOutboundBytes { get; init; } = 16 << 20;

    /// <summary>How many subscriptions, advertisements, services, actions and open goals one client may have, each counted for itself.</summary>
    public int MostHeld { get; init; } = 1024;

    /// <summary>How long a service may take when the call does not say so; rosbridge's own default.</summary>
    public TimeSpan ServiceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seconds of the loop in a second of a client: what clients give in milliseconds of theirs is multiplied by it.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>After how much silence a client is pinged, on the machine's clock; so much silence of a live client is nothing unusual.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how much silence, pings' answers included, a client counts as gone.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one piece may take to leave before a client that reads nothing at all counts as gone.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A wire with faults that clients' connections pass; null: the machine's own.</summary>
    public FaultyWire? Wire { get; init; }
}
