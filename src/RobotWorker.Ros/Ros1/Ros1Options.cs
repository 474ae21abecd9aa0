using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Ros1;

/// <summary>How a node stands on a ROS 1 graph.</summary>
/// <param name="Master">The master's address, <c>http://127.0.0.1:11311</c>.</param>
public sealed record Ros1Options(Uri Master)
{
    /// <summary>The port of a master when none is said.</summary>
    public const int MasterPort = 11311;

    /// <summary>
    /// The name or address under which other nodes find this one; a loopback one also keeps strangers out, since the node then listens there alone.
    /// Null: loopback when the master is there, else the address of this machine from which the master is reached.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>How often the master is asked whether it is there and still knows the node.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for one answer of the master, of a node's API, or for a connection's header.</summary>
    public TimeSpan CallDeadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A peer whose machine gives no sign of life for so long, or that takes nothing of what waits for it, is taken for gone: its connection is closed, which is
    /// told, and what it publishes is asked for again. At least 4 s.
    /// </summary>
    public TimeSpan PeerDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first pause before something is tried again; it doubles, with up to a quarter of jitter.</summary>
    public TimeSpan LeastPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause before something is tried again.</summary>
    public TimeSpan MostPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest message, request or response that is taken, in bytes.</summary>
    public int MaximalMessageBytes { get; init; } = 256 << 20;

    /// <summary>How many bytes may wait for one slow subscriber, or for this node's own loop on one topic.</summary>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>The clock of the sockets' pauses and deadlines; the loop's own clock belongs to the loop's thread.</summary>
    public TimeProvider WireClock { get; init; } = TimeProvider.System;

    /// <summary>A wire with faults that all of the node's connections pass, those to the master included; null: the machine's own.</summary>
    public FaultyWire? Wire { get; init; }

    /// <summary>Where the jitter of pauses starts: two nodes with different seeds do not knock at the same time.</summary>
    public int JitterSeed { get; init; } = 1;

    /// <summary>What the environment says, as ROS 1 programs read it: <c>ROS_MASTER_URI</c>, and <c>ROS_HOSTNAME</c> or else <c>ROS_IP</c>.</summary>
    /// <param name="master">Goes before <c>ROS_MASTER_URI</c>.</param>
    /// <exception cref="RosGraphException">No master is said, or it is no http address.</exception>
    public static Ros1Options FromEnvironment(string? master = null)
    {
        var text = master ?? Environment.GetEnvironmentVariable("ROS_MASTER_URI")
            ?? throw new RosGraphException("no ROS 1 master is named: set ROS_MASTER_URI, such as http://127.0.0.1:11311");
        return new(MasterAt(text)) { Host = Named("ROS_HOSTNAME") ?? Named("ROS_IP") };
    }

    /// <summary>The address of a master as people write it: <c>http://host:11311</c>, <c>ros1://host</c>.</summary>
    /// <exception cref="RosGraphException">It is none.</exception>
    public static Uri MasterAt(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "ros1" && uri.Host.Length > 0
            ? new UriBuilder("http", uri.Host, uri is { IsDefaultPort: true, Scheme: "ros1" } || uri.Port < 0 ? MasterPort : uri.Port).Uri
            : throw new RosGraphException($"'{text}' is no address of a ROS 1 master; write it as http://127.0.0.1:{MasterPort}");

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
